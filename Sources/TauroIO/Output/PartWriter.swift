import Synchronization
import TauroBasics
import TauroEngine
import TauroModel

/// Writes the parts of a frame, each to a file of its own, side by side.
struct PartWriter {
    let engine: any Engine
    /// How many parts are written at once.
    let writers: Int
    let cancellation: CancellationToken

    /// Writes every part and blocks until all are done.
    ///
    /// - Throws: what the first part that failed threw; the files of the others may exist.
    func write(_ parts: [(frame: Frame, request: WriteRequest)]) throws -> [WriteReceipt] {
        guard parts.count > 1 else { return try parts.map { try write($0.frame, $0.request) } }
        let results = Mutex([Result<WriteReceipt, any Error>?](repeating: nil, count: parts.count))
        let pool = try WorkerPool(count: min(max(1, writers), parts.count), name: "tauro-write")
        for (index, part) in parts.enumerated() {
            pool.submit {
                let result = Result { try self.write(part.frame, part.request) }
                results.withLock { $0[index] = result }
            }
        }
        pool.shutdown()
        return try results.withLock { try $0.compactMap { try $0?.get() } }
    }

    private func write(_ frame: Frame, _ request: WriteRequest) throws -> WriteReceipt {
        try engine.write(frame, request, cancellation: cancellation)
    }
}
