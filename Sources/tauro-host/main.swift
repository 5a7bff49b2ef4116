import TauroCommands

TauroHost.main()
