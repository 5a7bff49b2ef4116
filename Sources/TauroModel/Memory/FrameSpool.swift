import Synchronization
package import TauroBasics
import TauroData

/// Where one attempt of a node puts the rows that memory has no room for.
///
/// Safe from any thread.
package final class FrameSpool: Sendable {
    let ledger: FrameLedger
    private let directory: String
    private let makeStore: @Sendable (String) throws -> any SpoolStore
    private let written = Mutex((bytes: Int64(0), frames: 0))

    /// Creates a spool; no file is made yet.
    ///
    /// - Parameters:
    ///   - ledger: says what there is room for.
    ///   - directory: absolute path of the directory for files; made when it is needed.
    ///   - makeStore: opens the file of one frame in a directory.
    package init(
        ledger: FrameLedger,
        directory: String,
        makeStore: @escaping @Sendable (String) throws -> any SpoolStore = { try SpoolFile(in: $0) }
    ) {
        self.ledger = ledger
        self.directory = directory
        self.makeStore = makeStore
    }

    /// How many bytes frames may hold in memory.
    package var limit: Int { ledger.limit }

    /// How many bytes of how many frames were written to disk.
    package var spooled: (bytes: Int64, frames: Int) { written.withLock { $0 } }

    /// What a log line says of it.
    package var report: NodeReport {
        let (bytes, frames) = spooled
        let subject = frames == 1 ? "1 frame" : "\(frames) frames"
        return .log(
            level: .info,
            text:
                "memory had no room for \(subject): \(Self.shown(bytes)) were written to disk, and are read from there"
        )
    }

    /// Begins a frame on disk.
    ///
    /// - Throws: `SpoolError`.
    func begin(_ schema: Schema) throws -> SpoolWriter {
        do {
            let store = try makeStore(directory)
            written.withLock { $0.frames += 1 }
            return SpoolWriter(schema: schema, store: store, spool: self)
        } catch let error as SystemError {
            throw failure(error, more: 0)
        }
    }

    func noteWritten(_ count: Int) {
        written.withLock { $0.bytes += Int64(count) }
        ledger.noteSpooled(count)
    }

    /// The error for a file that could not be made, or not take `more` bytes.
    func failure(_ error: SystemError, more: Int) -> SpoolError {
        let there = ledger.spooled
        let needed =
            more == 0 ? "" : ": \(Self.shown(Int64(more))) more were to be written, this run wrote \(Self.shown(there))"
        return SpoolError(
            "the frames of this run do not fit into memory (\(Self.shown(Int64(clamping: ledger.limit)))), and could not be "
                + "written to \(directory): \(error.text)\(needed). Make room there, name a directory on a larger disk "
                + "with `temp_directory`, or raise `memory_limit`",
            underlying: error
        )
    }

    private static func shown(_ bytes: Int64) -> String {
        bytes < 10 << 20 ? "\((bytes + 1023) >> 10) KiB" : "\(bytes >> 20) MiB"
    }
}

/// Rows that memory has no room for could not be written to disk.
package struct SpoolError: Error, CustomStringConvertible {
    /// What happened where, and what to do.
    package let description: String
    /// What the system said.
    package let underlying: SystemError

    init(_ description: String, underlying: SystemError) {
        self.description = description
        self.underlying = underlying
    }
}
