import TauroData

/// Batches in memory or on disk, cut into slices.
struct SlicedBatches: Sendable {
    let rowCount: Int
    let sliceCount: Int
    private let rows: ScannedRows
    /// The number of the first slice of each batch.
    private let firstSlices: [Int]

    init(_ rows: ScannedRows) {
        self.rows = rows
        rowCount = rows.rowCounts.reduce(0, +)
        var first: [Int] = []
        var slices = 0
        for count in rows.rowCounts {
            first.append(slices)
            slices += (count + Slice.rows - 1) / Slice.rows
        }
        firstSlices = first
        sliceCount = slices
    }

    /// The rows of slice `number`.
    ///
    /// - Throws: what reading them from disk throws.
    func slice(_ number: Int) throws -> Slice {
        let index = firstSlices.partitioningIndex { $0 > number } - 1
        let first = (number - firstSlices[index]) * Slice.rows
        let range = first..<min(first + Slice.rows, rows.rowCounts[index])
        return Slice(batch: try rows.batch(index), range: range)
    }
}

extension Array {
    /// The first index whose element satisfies a condition that, once true, stays true.
    fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
