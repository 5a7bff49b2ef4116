import TauroData

/// Batches in memory, cut into slices.
struct SlicedBatches: Sendable {
    let rowCount: Int
    let sliceCount: Int
    private let batches: [RecordBatch]
    /// The number of the first slice of each batch.
    private let firstSlices: [Int]

    init(_ batches: [RecordBatch]) {
        self.batches = batches.filter { $0.rowCount > 0 }
        rowCount = batches.reduce(0) { $0 + $1.rowCount }
        var first: [Int] = []
        var slices = 0
        for batch in self.batches {
            first.append(slices)
            slices += (batch.rowCount + Slice.rows - 1) / Slice.rows
        }
        firstSlices = first
        sliceCount = slices
    }

    /// The rows of slice `number`.
    func slice(_ number: Int) -> Slice {
        let index = firstSlices.partitioningIndex { $0 > number } - 1
        let first = (number - firstSlices[index]) * Slice.rows
        return Slice(batch: batches[index], range: first..<min(first + Slice.rows, batches[index].rowCount))
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
