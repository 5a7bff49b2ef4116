import ArgumentParser
import TauroRuntime

/// `tauro-host worker`: what the host starts for plugins that run isolated; not for people.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Serve a host; started by tauro-host itself.",
        shouldDisplay: false
    )

    @Option(help: "Process id of the host.")
    var host: Int32

    @Option(help: "How many descriptors may be open.")
    var openFiles: UInt

    func run() throws { WorkerProgram.run(host: host, openFiles: openFiles) }
}
