import Synchronization
package import TauroBasics
package import TauroModel

/// Writes a run's structured log, `log.jsonl` of its directory: what nodes say, and what becomes of them.
///
/// It only watches: where it can not write, it stops, and the run goes on. Safe from any thread.
package final class RunLogFile: RunObserver {
    /// The log; nil after it could not be written.
    private let file: Mutex<LineFile?>

    /// Opens the log of a run, to which lines are added.
    ///
    /// - Throws: `SystemError` where it can not be opened.
    package init(_ directory: RunDirectory) throws(SystemError) {
        file = Mutex(try LineFile(directory.logPath))
    }

    package func observe(_ event: RunEvent) {
        guard let line = RunLogLine(event) else { return }
        file.withLock { file in
            if file?.add(line.document.text()) == false { file = nil }
        }
    }
}

extension RunDirectory {
    /// The run's structured log.
    package var logPath: String { FilePath.join(path, "log.jsonl") }
}
