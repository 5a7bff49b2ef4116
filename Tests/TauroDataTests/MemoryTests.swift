import Testing

@testable import TauroData

/// How much memory batches hold, buffer by buffer.
@Suite struct MemoryTests {
    private func bytes(_ batches: RecordBatch...) -> Int {
        var sizes: [UInt: Int] = [:]
        for batch in batches { batch.addBuffers(to: &sizes) }
        return sizes.values.reduce(0, +)
    }

    @Test func numbersTextAndNullsCount() throws {
        let numbers = try ArrowColumn([1, 2, 3] as [Int64?])
        let words = try ArrowColumn(["ab", nil, "cde"] as [String?])
        #expect(bytes(try RecordBatch(columns: [("n", numbers)])) == 24)
        // Four offsets, five bytes of text, one of validity.
        #expect(bytes(try RecordBatch(columns: [("w", words)])) == 16 + 5 + 1)
    }

    @Test func sharedColumnsCountOnceAndSlicesKeepAll() throws {
        let numbers = try ArrowColumn((0..<100).map { Int64($0) as Int64? })
        let batch = try RecordBatch(columns: [("a", numbers), ("b", numbers)])
        #expect(bytes(batch) == 800)
        #expect(bytes(batch, batch.slice(0..<10), batch.slice(90..<100)) == 800)
        #expect(bytes(batch.slice(3..<4)) == 800)
        #expect(bytes(RecordBatch(emptyWith: batch.schema)) == 0)
    }
}
