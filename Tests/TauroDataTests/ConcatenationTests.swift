import CTauro
import Testing

@testable import TauroData

/// Gathering many small batches into few large ones.
@Suite struct ConcatenationTests {
    @Test(arguments: [1, 3, 8, 13, 64])
    func piecesOfAnyLengthKeepEveryRow(step: Int) throws {
        let batch = try mixedBatch(301)
        let pieces = stride(from: 2, to: 301, by: step).map { batch.slice($0..<min($0 + step, 301)) }
        let gathered = try RecordBatch.concatenating(pieces, schema: batch.schema)
        #expect(gathered.count == 1)
        #expect(try holdsMixed(gathered[0], 2..<301))
        #expect(try gathered[0].column("number").nullCount == (2..<301).filter { $0 % 5 == 0 }.count)
    }

    @Test func nothingGivesNothingAndOneStaysItself() throws {
        let batch = try mixedBatch(10)
        #expect(try RecordBatch.concatenating([], schema: batch.schema).isEmpty)
        #expect(try RecordBatch.concatenating([batch.slice(0..<0)], schema: batch.schema).isEmpty)
        let same = try RecordBatch.concatenating([batch.slice(0..<0), batch], schema: batch.schema)
        #expect(same[0].owner === batch.owner)
    }

    @Test func nestedTypesAreGathered() throws {
        let batch = try nestedBatch()
        let pieces = [batch.slice(1..<3), batch.slice(0..<1), batch.slice(3..<4)]
        let gathered = try RecordBatch.concatenating(pieces, schema: batch.schema)[0]
        let list = try gathered.column("list")
        let items = try Array(list.child(0).values(as: Int64.self))
        #expect((0..<4).map { list.isNull($0) } == [true, false, false, false])
        #expect((0..<4).map { Array(items[list.listRange($0)]) } == [[], [3, nil], [1, 2], [6]])
        let fixed = try gathered.column("fixed")
        let halves = try Array(fixed.child(0).values(as: Int64.self))
        #expect((0..<4).map { Array(halves[fixed.listRange($0)]) } == [[12, 13], [14, 15], [10, 11], [16, 17]])
        let pair = try gathered.column("pair")
        #expect(try Array(pair.child(0).values(as: String.self)) == ["b", nil, "a", "d"])
        #expect((0..<4).map { pair.isNull($0) } == [false, false, false, true])
    }

    @Test func offsetsNeverPassThirtyTwoBits() throws {
        // Each batch claims 1.5 GiB of text that nobody reads: what can not be gathered is not copied.
        try withForeignBuffers([offsets32([0, 1_610_612_736]), [0]]) { buffers in
            let schema = Schema([Field("text", .utf8)])
            let batches = try (0..<3).map { _ in
                var array = foreignBatch(length: 1, buffers: [nil, buffers[0], buffers[1]])
                return try RecordBatch(importing: &array, schema: schema)
            }
            let gathered = try RecordBatch.concatenating(batches, schema: schema)
            #expect(gathered.map(\.rowCount) == [1, 1, 1])
        }
    }

    @Test func typesWithoutPlainBuffersAreRefused() throws {
        let schema = Schema([Field("v", .utf8View)])
        try withForeignBuffers([[UInt8](repeating: 0, count: 16), []]) { buffers in
            let batches = try (0..<2).map { _ in
                var array = foreignBatch(length: 1, buffers: [nil, buffers[0], buffers[1]])
                return try RecordBatch(importing: &array, schema: schema)
            }
            #expect(throws: ArrowError(.unsupported, "column 'v' of type utf8_view can not be gathered")) {
                try RecordBatch.concatenating(batches, schema: schema)
            }
        }
    }

    /// Rows: list [1, 2], null, [3, null], [6]; fixed [10, 11]…; pair {a}, {b}, {null}, null.
    private func nestedBatch() throws -> RecordBatch {
        let item = Field("item", .int64)
        let list = OwnedNode(
            length: 4,
            nullCount: 1,
            buffers: [buffer([0b1101] as [UInt8]), buffer([0, 2, 2, 4, 5] as [Int32])],
            children: [
                OwnedNode(
                    length: 5,
                    nullCount: 1,
                    buffers: [buffer([0b1_0111] as [UInt8]), buffer([1, 2, 3, 0, 6] as [Int64])]
                )
            ]
        )
        let fixed = OwnedNode(
            length: 4,
            nullCount: 0,
            buffers: [nil],
            children: [OwnedNode(length: 8, nullCount: 0, buffers: [nil, buffer(Array(10...17) as [Int64])])]
        )
        let pair = OwnedNode(
            length: 4,
            nullCount: 1,
            buffers: [buffer([0b0111] as [UInt8])],
            children: [
                OwnedNode(
                    length: 4,
                    nullCount: 1,
                    buffers: [
                        buffer([0b1011] as [UInt8]), buffer([0, 1, 2, 2, 3] as [Int32]), buffer(Array("abd".utf8)),
                    ]
                )
            ]
        )
        return try RecordBatch(columns: [
            ("list", list.column(of: .list(item))), ("fixed", fixed.column(of: .fixedSizeList(item, size: 2))),
            ("pair", pair.column(of: .structure([Field("name", .utf8)]))),
        ])
    }

    private func buffer<Value: BitwiseCopyable>(_ values: [Value]) -> ArrowBuffer {
        let buffer = ArrowBuffer()
        for value in values { buffer.append(value) }
        return buffer
    }
}
