import TauroBasics
package import TauroData

/// Makes a frame of batches as they come: in memory while there is room, else on disk, all of it.
///
/// For one thread at a time.
package final class FrameCollector {
    /// What a frame holds in memory without being asked whether there is room: less is not worth a file.
    static let leastSpooled = 1 << 20

    package let schema: Schema
    private let spool: FrameSpool?
    private var batches: [RecordBatch] = []
    /// Buffers of the batches that the ledger does not know of yet, and what they take.
    private var fresh: [UInt: Int] = [:]
    private var freshBytes = 0
    private var held: [HeldBuffers] = []
    private var writer: SpoolWriter?
    /// What the first part of the work that failed threw.
    private var failure: (any Error)?

    /// Creates a collector; without a spool everything stays in memory.
    package init(schema: Schema, spool: FrameSpool?) {
        self.schema = schema
        self.spool = spool
    }

    /// Adds a batch.
    ///
    /// - Throws: `SpoolError` where the disk takes no more; `ArrowError` for columns that are not sound, on their way
    ///   there. Once it has thrown, this and `finish` throw the same again: rows are missing.
    package func append(_ batch: RecordBatch) throws { try unlessFailed { try take(batch) } }

    /// Adds all batches of a stream; one that fails leaves nothing to finish.
    package func append(all stream: any RecordBatchStream) throws {
        try unlessFailed {
            while let batch = try stream.next() { try take(batch) }
        }
    }

    /// The frame of all batches.
    ///
    /// - Throws: as `append`.
    package func finish() throws -> Frame {
        try unlessFailed {
            if let writer { return Frame(source: try writer.finish()) }
            return Frame(schema: schema, batches: batches, held: held)
        }
    }

    /// Does a part of the work, unless one failed before.
    private func unlessFailed<Result>(_ body: () throws -> Result) throws -> Result {
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            held = []
            batches = []
            fresh = [:]
            writer = nil
            throw error
        }
    }

    private func take(_ batch: RecordBatch) throws {
        if let writer { return try writer.append(batch) }
        batches.append(batch)
        guard let spool else { return }
        count(batch)
        guard freshBytes >= Self.leastSpooled else { return }
        if let buffers = spool.ledger.admit(fresh) {
            held.append(buffers)
            fresh = [:]
            freshBytes = 0
        } else {
            try moveToDisk(spool)
        }
    }

    private func count(_ batch: RecordBatch) {
        var sizes: [UInt: Int] = [:]
        batch.addBuffers(to: &sizes)
        for (address, size) in sizes {
            let known = fresh[address] ?? 0
            guard size > known else { continue }
            fresh[address] = size
            freshBytes += size - known
        }
    }

    /// Writes what there is, and lets go of each batch once it is written.
    private func moveToDisk(_ spool: FrameSpool) throws {
        let writer = try spool.begin(schema)
        self.writer = writer
        fresh = [:]
        batches.reverse()
        while let batch = batches.popLast() { try writer.append(batch) }
        held = []
        FreedMemory.giveBack()
    }
}

extension Frame {
    /// Whether its rows are still where they are stored, outside the run.
    package var isUnread: Bool {
        if case .source(let source) = content { !(source is SpooledFrame) } else { false }
    }

    /// Reads every row and keeps none, for the error that reading them ends with.
    package func readThrough(cancellation: CancellationToken) throws {
        let stream = try stream(cancellation: cancellation)
        while try stream.next() != nil {}
    }

    /// The same rows as a frame that can be read again whatever becomes of where they are: the frame itself if it is in
    /// memory or on disk already, else everything read once.
    package func evaluated(_ spool: FrameSpool?, cancellation: CancellationToken) throws -> Frame {
        guard isUnread, case .source(let source) = content else { return self }
        let stream = try source.stream(cancellation: cancellation)
        let collector = FrameCollector(schema: stream.schema, spool: spool)
        try collector.append(all: stream)
        return try collector.finish()
    }
}
