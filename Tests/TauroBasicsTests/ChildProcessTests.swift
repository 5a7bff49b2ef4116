import Foundation
import Testing

@testable import TauroBasics

@Suite struct ChildProcessTests {
    private func start(_ script: String, output: ReadingPipe? = nil) throws -> ChildProcess {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(nothing) }
        let request = ChildProcess.Request(
            program: "/bin/sh",
            arguments: ["-c", script],
            environment: ["GIVEN": "yes", "PATH": "/usr/bin:/bin"],
            descriptors: [nothing, output?.writing ?? nothing, nothing]
        )
        return try ChildProcess(starting: request)
    }

    private func text(of pipe: ReadingPipe) -> String {
        pipe.closeWriting()
        var all: [UInt8] = []
        while let bytes = pipe.read() {
            all += bytes
            if bytes.isEmpty { usleep(1_000) }
        }
        return String(decoding: all, as: UTF8.self)
    }

    @Test func exitCodesAndSignalsAreTold() throws {
        #expect(try start("exit 7").wait().cause == .exited(code: 7))
        #expect(try start("kill -ABRT $$").wait().cause == .killed(signal: SIGABRT))
        #expect(try start("true").wait().peakMemory > 0)
    }

    @Test func endIsWaitedForAcrossSignals() throws {
        let child = try start("kill -STOP $$")
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGURG, &action, nil)
        let waiting = pthread_self()
        Thread.detachNewThread {
            for _ in 0..<100 {
                pthread_kill(waiting, SIGURG)
                usleep(1_000)
            }
            child.killGroup()
        }
        #expect(child.endsWithin(.seconds(20)))
        #expect(child.wait().cause == .killed(signal: SIGKILL))
    }

    @Test func patienceEnds() throws {
        let child = try start("kill -STOP $$")
        #expect(!child.endsWithin(.milliseconds(20)))
        child.killGroup()
        _ = child.wait()
    }

    @Test func programThatIsNotThereIsAnError() {
        let request = ChildProcess.Request(program: "/no/such", arguments: [], environment: [:], descriptors: [])
        #expect { try ChildProcess(starting: request) } throws: { ($0 as? SystemError)?.code == ENOENT }
    }

    @Test func childHasItsVariablesItsDescriptorsAndAGroupOfItsOwn() throws {
        let output = try ReadingPipe()
        output.letWritersWait()
        let secret = open("/dev/zero", O_RDONLY)
        defer { close(secret) }
        let child = try start("echo $GIVEN $HOME; ls /proc/$$/fd; ps -o pgid= $$; echo $$", output: output)
        let lines = text(of: output).split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(child.wait().cause == .exited(code: 0))
        #expect(Array(lines.prefix(4)) == ["yes", "0", "1", "2"])
        #expect(lines.suffix(2).allSatisfy { $0 == "\(child.identifier)" })
    }

    @Test func whatAChildLeavesBehindIsEndedWithIt() throws {
        let output = try ReadingPipe()
        output.letWritersWait()
        let child = try start("sleep 1000 & echo $!", output: output)
        #expect(child.wait().cause == .exited(code: 0))
        let left = pid_t(text(of: output).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        #expect(left > 0)
        // A killed process of this group is somebody else's to reap; until then it is a zombie.
        let state = try? String(contentsOfFile: "/proc/\(left)/stat", encoding: .utf8)
        #expect(state == nil || state?.contains(" Z ") == true)
    }

    @Test func groupIsKilledWithoutAsking() throws {
        let child = try start("trap '' TERM; while :; do sleep 1; done")
        child.killGroup()
        #expect(child.wait().cause == .killed(signal: SIGKILL))
    }
}
