import CTauro
import Synchronization
import TauroTesting
import Testing

@testable import TauroData

/// A table that went through an image is the same table.
@Suite struct ImageRoundTripTests {
    static let item = Field("item", .utf8)
    /// Every type, those that TypeTests has and further combinations of them.
    static let types: [ArrowType] =
        TypeTests.samples.map(\.type) + [
            .list(Field("item", .list(Field("item", .utf8)))), .structure([]), .fixedSizeBinary(byteWidth: 0),
            .structure([
                Field("flags", .bool), Field("tags", .list(item)), Field("when", .timestamp(.second, zone: nil)),
            ]),
            .fixedSizeList(Field("item", .bool), size: 5), .fixedSizeList(Field("item", .utf8View), size: 0),
            .dictionary(index: .int8, values: .structure([item]), ordered: false),
            .dictionary(
                index: .int64,
                values: .dictionary(index: .uint8, values: .utf8View, ordered: false),
                ordered: true
            ),
            .runEndEncoded(runEnds: Field("run_ends", .int16, isNullable: false), values: Field("values", .utf8)),
            .runEndEncoded(runEnds: Field("run_ends", .int64, isNullable: false), values: Field("values", .list(item))),
            .list(Field("item", .runEndEncoded(runEnds: Field("run_ends", .int32), values: Field("values", .bool)))),
            .union(.sparse, codes: [3, 100], fields: [Field("a", .bool), Field("b", .largeList(item))]),
            .listView(Field("item", .union(.dense, codes: [0], fields: [Field("a", .binaryView)]))),
        ]

    @Test(arguments: types) func everyTypeComesBackWhereverASliceBegins(type: ArrowType) throws {
        var chance = SeededGenerator(seed: TestSeed.value)
        let schema = Schema([Field("c", type)])
        for count in [0, 1, 7, 8, 9, 64, 130] {
            let column = SampleArray(random: type, count: count, using: &chance).column(of: type)
            let whole = try RecordBatch(schema: schema, columns: [column])
            let cuts = [chance.below(count + 1), chance.below(count + 1)].sorted()
            let batches = [whole, whole.slice(cuts[0]..<cuts[1]), whole.slice(cuts[1]..<count), whole.slice(0..<0)]
            let opened = try ImageMemory(of: batches, schema: schema).open()
            #expect(opened.schema == schema)
            #expect(opened.batches.map(ValueDigest.rows) == batches.map(ValueDigest.rows))
            #expect(opened.batches.map { $0.column(at: 0).nullCount } == batches.map { $0.column(at: 0).nullCount })
        }
    }

    @Test(arguments: [0, 1, 5_000, 40_003]) func piecesJoinedAreTheImage(rows: Int) throws {
        let text = try ArrowColumn((0..<rows).map { $0 % 7 == 0 ? nil : "row \($0)" })
        let numbers = try ArrowColumn((0..<rows).map { Optional(Int64($0)) })
        let batch = try RecordBatch(columns: [("text", text), ("number", numbers)])
        let image = try FrameImage(schema: batch.schema, batches: [batch, batch.slice(0..<rows / 3)])
        let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: image.byteCount, alignment: 64)
        defer { whole.deallocate() }
        image.write(into: whole)
        let joined = image.withPieces { $0.reduce(into: [UInt8]()) { $0.append(contentsOf: $1) } }
        #expect(joined == Array(whole))
        #expect(image.withPieces { $0.count } == (rows > 10_000 ? 9 : rows > 2_048 ? 5 : 1))
    }

    @Test func schemasKeepEverything() throws {
        let fields = ImageRoundTripTests.types.enumerated().map {
            Field("č\($0.offset)", $0.element, isNullable: $0.offset % 2 == 0, metadata: ["k": "v", "empty": ""])
        }
        let schema = Schema(fields, metadata: ["made by": "tauro", "": "nothing"])
        #expect(try schema.encoded().withUnsafeBytes { try Schema(decoding: $0) } == schema)
        #expect(try ImageMemory(of: [], schema: schema).open().schema == schema)
    }

    @Test func rowsWithoutColumnsAreCounted() throws {
        var array = try mixedBatch(9).export(columns: [], range: 2..<9)
        let batch = try RecordBatch(importing: &array, schema: Schema([]))
        let opened = try ImageMemory(of: [batch, batch.slice(1..<3)], schema: Schema([])).open()
        #expect(opened.batches.map(\.rowCount) == [7, 2])
    }

    @Test func manyBatchesKeepTheirOrder() throws {
        let batch = try mixedBatch(1_000)
        let pieces = stride(from: 0, to: 1_000, by: 7).map { batch.slice($0..<min($0 + 7, 1_000)) }
        let opened = try ImageMemory(of: pieces, schema: batch.schema).open()
        #expect(opened.batches.count == pieces.count)
        for (index, piece) in opened.batches.enumerated() {
            #expect(try holdsMixed(piece, index * 7..<min(index * 7 + 7, 1_000)))
        }
    }

    @Test func longTextIsReadInPlace() throws {
        let text = String(repeating: "Příliš žluťoučký kůň 🐎 ", count: 5_000)
        let batch = try RecordBatch(columns: [("text", ArrowColumn([text, nil, "x"]))])
        let opened = try ImageMemory(of: [batch], schema: batch.schema).open()
        #expect(try Array(opened.batches[0].column("text", as: String.self)) == [text, nil, "x"])
    }

    @Test func aSliceTakesOnlyTheRoomOfItsRows() throws {
        let batch = try mixedBatch(100_000)
        let whole = try FrameImage(schema: batch.schema, batches: [batch]).byteCount
        let part = try FrameImage(schema: batch.schema, batches: [batch.slice(50_001..<50_101)]).byteCount
        #expect(whole > 1_000_000)
        #expect(part < 6_000)
    }

    @Test func nothingIsCopiedOnOpening() throws {
        let batch = try mixedBatch(100).slice(3..<99)
        let memory = try ImageMemory(of: [batch], schema: batch.schema)
        var array = try memory.open().batches[0].export()
        defer { array.release(&array) }
        let range = try #require(UnsafeRawBufferPointer(memory.bytes).addresses)
        for column in 0..<3 {
            let child = try #require(array.children[column]?.pointee)
            for index in 0..<Int(child.n_buffers) {
                let address = UInt(bitPattern: child.buffers[index])
                #expect(range.contains(address))
                #expect(address % 64 == 0)
            }
        }
    }

    @Test func theOwnerIsLetGoOnceWithTheLastBatch() throws {
        let releases = ReleaseCounter()
        let batch = try mixedBatch(20)
        var batches = try ImageMemory(of: [batch, batch], schema: batch.schema, onRelease: releases.note).open().batches
        var column: ArrowColumn? = batches[0].column(at: 2)
        batches.removeFirst()
        #expect(releases.count == 0)
        #expect(column?.count == 20)
        column = nil
        #expect(try holdsMixed(batches[0], 0..<20))
        #expect(releases.count == 0)
        batches = []
        #expect(releases.count == 1)
    }

    @Test func whatIsRefusedIsLetGoAtOnce() throws {
        let releases = ReleaseCounter()
        #expect(throws: ArrowError.self) { try ImageMemory([1, 2, 3], onRelease: releases.note).open() }
        #expect(releases.count == 1)
    }
}

/// Counts on any thread.
final class ReleaseCounter: Sendable {
    private let releases = Atomic<Int>(0)

    var count: Int { releases.load(ordering: .sequentiallyConsistent) }

    @Sendable func note() { releases.wrappingAdd(1, ordering: .sequentiallyConsistent) }
}

extension UnsafeRawBufferPointer {
    /// The addresses, the one behind the last included.
    fileprivate var addresses: ClosedRange<UInt>? {
        baseAddress.map { UInt(bitPattern: $0)...UInt(bitPattern: $0) + UInt(count) }
    }
}
