import Glibc
import TauroBasics
import TauroModel
import Testing

@testable import TauroState

/// Whether a host that lives has a run, where the file system has no locks to tell.
@Suite struct RunLifeTests {
    private let moment = RunFixture.moment(0)

    private func isHeld(_ lock: FileLock.State, _ entries: [JournalEntry]) throws -> Bool {
        let store = MemoryStore()
        try JournalFile.open(store, durability: .process).journal.append(entries)
        return try JournalContent(store.now.bytes).isHeld(lock)
    }

    @Test func aLockIsBelieved() throws {
        #expect(try isHeld(.held, [.hostBegan(RunFixture.host())]))
        #expect(try !isHeld(.free, [.hostBegan(.current(at: moment))]))
    }

    @Test func withoutLocksTheProcessTells() throws {
        #expect(try isHeld(.unknown, [.hostBegan(.current(at: moment))]))
        #expect(try isHeld(.unknown, [.hostBegan(RunFixture.host()), .hostBegan(.current(at: moment))]))
        #expect(try !isHeld(.unknown, [.hostBegan(.current(at: moment)), .hostBegan(RunFixture.host())]))
        #expect(try !isHeld(.unknown, []))
    }

    @Test func aProcessOfAnEarlierTimeOfTheMachineIsGone() throws {
        let current = RunHost.current(at: moment)
        let earlier = RunHost(
            process: current.process,
            boot: "another",
            machine: current.machine,
            version: current.version,
            beganAt: moment
        )
        #expect(try !isHeld(.unknown, [.hostBegan(earlier)]))
    }

    @Test func aProcessThatEndedIsGone() throws {
        var child = pid_t()
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawn(&child, "/bin/true", nil, nil, &arguments, nil) == 0)
        waitpid(child, nil, 0)
        let boot = BootIdentifier.current()
        let host = RunHost(process: child, boot: boot, machine: "m", version: "0.1.0", beganAt: moment)
        #expect(try !isHeld(.unknown, [.hostBegan(host)]))
    }

    @Test func aRunThatEndedIsInNobodysHands() throws {
        let ending = RunEnding(status: .completed, at: moment, seconds: 1, engineSeconds: 0)
        #expect(try !isHeld(.unknown, [.hostBegan(.current(at: moment)), .runEnded(ending)]))
    }

    @Test func thisProcessSaysWhoItIs() {
        let host = RunHost.current(at: moment)
        #expect(host.process == getpid())
        #expect(!host.machine.isEmpty)
        #expect(host.introduction == "process \(getpid()) on machine \(host.machine), since 2026-01-01T00:00:00.000Z")
    }
}
