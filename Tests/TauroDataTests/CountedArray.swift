import CTauro
import Synchronization

@testable import TauroData

/// A C array, made as a foreign producer would, that counts how often it is released.
final class CountedArray: Sendable {
    private let count = Atomic<Int>(0)

    var releases: Int { count.load(ordering: .sequentiallyConsistent) }

    /// An array of `batch`'s rows; its own release lets go of the batch.
    func array(of batch: RecordBatch) -> ArrowArray {
        let inner = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        inner.initialize(to: batch.export())
        var array = inner.pointee
        array.private_data = Unmanaged.passRetained(Holder(self, inner)).toOpaque()
        array.release = { pointer in
            guard let pointer, let data = pointer.pointee.private_data else { return }
            let holder = Unmanaged<Holder>.fromOpaque(data).takeUnretainedValue()
            holder.counter.count.wrappingAdd(1, ordering: .sequentiallyConsistent)
            pointer.pointee.release = nil
            Unmanaged<Holder>.fromOpaque(data).release()
        }
        return array
    }

    private final class Holder {
        let counter: CountedArray
        let inner: UnsafeMutablePointer<ArrowArray>

        init(_ counter: CountedArray, _ inner: UnsafeMutablePointer<ArrowArray>) {
            self.counter = counter
            self.inner = inner
        }

        deinit {
            inner.pointee.release?(inner)
            inner.deallocate()
        }
    }
}

/// A batch with an int64, a bool and a text column, every one with nulls.
func mixedBatch(_ count: Int) throws -> RecordBatch {
    try RecordBatch(columns: [
        ("number", ArrowColumn((0..<count).map(mixedNumber))), ("flag", ArrowColumn((0..<count).map(mixedFlag))),
        ("text", ArrowColumn((0..<count).map(mixedText))),
    ])
}

func mixedNumber(_ row: Int) -> Int64? { row % 5 == 0 ? nil : Int64(row) }
func mixedFlag(_ row: Int) -> Bool? { row % 7 == 0 ? nil : row % 2 == 0 }
func mixedText(_ row: Int) -> String? { row % 3 == 0 ? nil : String(repeating: "x", count: row % 17) + "\(row)" }

/// Whether a batch holds the mixed rows of `rows`.
func holdsMixed(_ batch: RecordBatch, _ rows: Range<Int>) throws -> Bool {
    try batch.rowCount == rows.count
        && Array(batch.column("number", as: Int64.self)) == rows.map(mixedNumber)
        && Array(batch.column("flag", as: Bool.self)) == rows.map(mixedFlag)
        && Array(batch.column("text", as: String.self)) == rows.map(mixedText)
}
