import Foundation
import TauroBasics

/// When a host is killed.
enum KillMoment {
    case after(Duration)
    /// When a file has so many lines.
    case lines(Int, in: () -> String?)
}

/// A host that a test started and may kill.
final class KillableHost {
    private let child: ChildProcess
    private let scratch: Scratch

    /// Starts `tauro-host` on its own, with extra environment variables.
    init(_ arguments: [String], environment: [String: String]) throws {
        scratch = try Scratch()
        try scratch.write("", to: "input")
        let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: scratch.file("input")))
        let handles = [input, try scratch.handle("output"), try scratch.handle("errors")]
        let request = ChildProcess.Request(
            program: HostProcess.executable,
            arguments: arguments,
            environment: ProcessInfo.processInfo.environment
                .merging(["XDG_DATA_HOME": HostProcess.userData]) { _, new in new }
                .merging(environment) { _, new in new },
            descriptors: handles.map(\.fileDescriptor)
        )
        child = try withExtendedLifetime(handles) { try ChildProcess(starting: request) }
    }

    /// The host's process.
    var identifier: Int32 { child.identifier }

    func hasEnded(within patience: Duration) -> Bool { child.endsWithin(patience) }

    /// Waits until something has come true while the host lives.
    func waits(for condition: () -> Bool) throws {
        for _ in 0..<300_000 where !condition() {
            if child.endsWithin(.milliseconds(1)) { break }
        }
        if condition() { return }
        child.killGroup()
        throw Ended(result: try end())
    }

    /// It came to its end, or five minutes went by, before what was waited for.
    struct Ended: Error {
        let result: HostProcess.Result
    }

    /// Waits for its end; where a moment is given, kills it then, and leaves its workers to themselves.
    ///
    /// To be called once.
    func end(killingAt moment: KillMoment? = nil) throws -> HostProcess.Result {
        switch moment {
        case nil: break
        case .after(let duration): if !child.endsWithin(duration) { kill(child.identifier, SIGKILL) }
        case .lines(let count, let file):
            while !child.endsWithin(.microseconds(500)) {
                let text = file().flatMap { FileManager.default.contents(atPath: $0) } ?? Data()
                if text.count(where: { $0 == UInt8(ascii: "\n") }) >= count { kill(child.identifier, SIGKILL) }
            }
        }
        let status: Int32 =
            switch child.wait().cause {
            case .exited(let code): code
            case .killed(let signal): -signal
            }
        return HostProcess.Result(
            status: status,
            output: try scratch.text("output"),
            errors: try scratch.text("errors")
        )
    }
}
