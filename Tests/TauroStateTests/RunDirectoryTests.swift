import Glibc
import TauroBasics
import TauroModel
import TauroState
import Testing

@Suite struct RunDirectoryTests {
    private let project: TemporaryProject
    private let directory: RunDirectory

    init() throws {
        project = try TemporaryProject()
        directory = RunDirectory(project: project.path, run: "r1")
    }

    /// Makes the run, with a host that is gone.
    private func makeDeadRun(_ entries: [JournalEntry] = []) throws {
        let journal = try directory.create(RunFixture.record(), durability: .process)
        try journal.append([.hostBegan(RunFixture.host())] + entries)
    }

    @Test func liesBelowItsProject() {
        #expect(RunDirectory(project: "/data/shop", run: "r1").path == "/data/shop/.tauro/runs/r1")
    }

    @Test(arguments: Durability.allCases)
    func isMadeWithItsRecordAndJournal(durability: Durability) throws {
        let journal = try directory.create(RunFixture.record(), durability: durability)
        try journal.append([.hostBegan(RunFixture.host())])
        let history = try directory.history()
        #expect(history.record == RunFixture.record())
        #expect(history.status == .running)
        #expect(try FileSystem.list(directory.path) == ["journal.jsonl", "plan.json"])
        withExtendedLifetime(journal) {}
    }

    @Test func anIdIsGivenOnce() throws {
        try makeDeadRun()
        let error = #expect(throws: ResourceError.self) {
            try directory.create(RunFixture.record(pipeline: "other"), durability: .process)
        }
        #expect(
            error?.message
                == "there is a run 'r1' already: \(directory.path); resume it with `--resume r1`, or choose another id"
        )
        #expect(try directory.history().record.pipeline == "daily")
    }

    @Test func nothingIsLeftWhereItCanNotBeMade() throws {
        try FileSystem.makeDirectories(project[".tauro"])
        try FileSystem.writeAtomically("", to: project[".tauro/runs"])
        let error = #expect(throws: ResourceError.self) {
            try directory.create(RunFixture.record(), durability: .process)
        }
        #expect(error?.message.contains("see that \(project[".tauro/runs"]) is a directory that you may write") == true)
    }

    @Test func itsHostHoldsItUntilItIsGone() throws {
        var journal: JournalFile? = try directory.create(RunFixture.record(), durability: .process)
        try journal?.append([.hostBegan(RunFixture.host())])
        let error = #expect(throws: ResourceError.self) { try directory.resume(durability: .process) }
        #expect(
            error?.message
                == "another host has run 'r1': process 41 on machine m, since 2026-01-01T00:00:00.000Z; wait until it has "
                + "come to its end, or stop that process, then resume run 'r1' again"
        )
        journal = nil
        #expect(try directory.history().status == .dead)
        #expect(try directory.resume(durability: .process).history.status == .dead)
    }

    @Test func aChildOfTheHostDoesNotHoldIt() throws {
        var journal: JournalFile? = try directory.create(RunFixture.record(), durability: .process)
        try journal?.append([.hostBegan(RunFixture.host())])
        var child = pid_t()
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
        defer { for argument in arguments { free(argument) } }
        #expect(posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil) == 0)
        defer {
            kill(child, SIGKILL)
            waitpid(child, nil, 0)
        }
        journal = nil
        // A child that another test is just starting has everything open until it is the program it is to be.
        for _ in 0..<10_000 where try directory.history().status == .running { usleep(1000) }
        #expect(try directory.history().status == .dead)
    }

    @Test func resumingCutsWhatIsTornAndGoesOn() throws {
        try makeDeadRun()
        let whole = try FileSystem.read(directory.journalPath)
        try FileSystem.writeAtomically(whole + Array("{\"sum\":\"12".utf8), to: directory.journalPath)
        do {
            let resumed = try directory.resume(durability: .process)
            #expect(resumed.history.hosts == [RunFixture.host()])
            try resumed.journal.append([.hostBegan(RunFixture.host(42, at: 5))])
            #expect(try directory.history().status == .running)
        }
        #expect(try directory.history().hosts.map(\.process) == [41, 42])
        #expect(try FileSystem.read(directory.journalPath).starts(with: whole))
    }

    @Test func theRecordIsReplaced() throws {
        try makeDeadRun()
        let changed = RunFixture.record(nodes: ["extract", "clean", "load"])
        try directory.replaceRecord(changed, durability: .power)
        #expect(try directory.history().record == changed)
        #expect(try FileSystem.list(directory.path) == ["journal.jsonl", "plan.json"])
    }

    @Test(arguments: ["r2", "", "..", "../runs/r1", "r1/", ".hidden"])
    func aRunThatIsNotThereIsSaidToBeSo(run: String) throws {
        try makeDeadRun()
        let other = RunDirectory(project: project.path, run: run)
        let error = #expect(throws: ResourceError.self) { try other.resume(durability: .process) }
        #expect(error?.message.hasPrefix("there is no run '\(run)' in ") == true)
        #expect(throws: ResourceError.self) { try other.history() }
    }

    @Test func aJournalThatWasChangedIsNotResumed() throws {
        try makeDeadRun([.nodeRestored(node: "extract", at: RunFixture.moment(1))])
        var bytes = try FileSystem.read(directory.journalPath)
        bytes[60] ^= 1
        try FileSystem.writeAtomically(bytes, to: directory.journalPath)
        let error = #expect(throws: ResourceError.self) { try directory.resume(durability: .process) }
        #expect(error?.message.hasPrefix("\(directory.journalPath): line 1 is not as it was written") == true)
        let reading = #expect(throws: ResourceError.self) { try directory.history() }
        #expect(reading?.message == error?.message)
    }

    @Test func aRunThatNoHostBeganSaysSo() throws {
        _ = try directory.create(RunFixture.record(), durability: .process)
        for read in [{ _ = try directory.history() }, { _ = try directory.resume(durability: .process) }] {
            let error = #expect(throws: ResourceError.self) { try read() }
            #expect(error?.message.hasPrefix("no host has begun run 'r1'") == true)
        }
        try FileSystem.removeFile(directory.journalPath)
        #expect(throws: ResourceError.self) { try directory.history() }
        let error = #expect(throws: ResourceError.self) { try directory.resume(durability: .process) }
        #expect(error?.message.hasPrefix("no host has begun run 'r1'") == true)
    }

    @Test func otherFilesOfTheRunAreLeftAlone() throws {
        try makeDeadRun()
        try FileSystem.writeAtomically("noise", to: FilePath.join(directory.path, "calls"))
        #expect(try directory.history().status == .dead)
        _ = try directory.resume(durability: .process)
        #expect(try FileSystem.readText(FilePath.join(directory.path, "calls")) == "noise")
    }
}
