import Glibc
import Synchronization
import TauroBasics
package import TauroModel

/// Writes a run's structured log, `log.jsonl` of its directory: what nodes say, and what becomes of them.
///
/// It only watches: where it can not write, it stops, and the run goes on. Safe from any thread.
package final class RunLogFile: RunObserver {
    private let descriptor: Mutex<Int32?>

    /// The log's path.
    package let path: String

    /// Opens the log of a run, to which lines are added.
    ///
    /// - Throws: `SystemError` where it can not be opened.
    package init(_ directory: RunDirectory) throws(SystemError) {
        path = directory.logPath
        descriptor = Mutex(try SystemCall.open(path, O_WRONLY | O_APPEND | O_CREAT, operation: "open"))
    }

    deinit {
        if let descriptor = descriptor.withLock({ $0 }) { close(descriptor) }
    }

    package func observe(_ event: RunEvent) {
        guard let line = RunLogLine(event) else { return }
        let bytes = Array((line.document.text() + "\n").utf8)
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            if bytes.withUnsafeBytes({ write(open, $0.baseAddress, $0.count) }) == bytes.count { return }
            close(open)
            descriptor = nil
        }
    }
}

extension RunDirectory {
    /// The run's structured log.
    package var logPath: String { FilePath.join(path, "log.jsonl") }
}
