import CTauro
import TauroData
import Testing

/// Building columns and reading them.
@Suite struct ColumnTests {
    private func roundTrip<Value: ColumnValue & Equatable>(_ values: [Value?]) throws -> Bool {
        let batch = try RecordBatch(columns: [("c", ArrowColumn(values))])
        let column = try batch.column("c", as: Value.self)
        return Array(column) == values && column.nullCount == values.filter { $0 == nil }.count
            && values.indices.allSatisfy { column.isNull($0) == (values[$0] == nil) }
    }

    @Test func everyValueTypeIsReadAsItWasBuilt() throws {
        #expect(try roundTrip([1, nil, Int8.min]))
        #expect(try roundTrip([1, nil, UInt8.max]))
        #expect(try roundTrip([1, nil, Int16.min]))
        #expect(try roundTrip([1, nil, UInt16.max]))
        #expect(try roundTrip([1, nil, Int32.min]))
        #expect(try roundTrip([1, nil, UInt32.max]))
        #expect(try roundTrip([nil, Int64.min, Int64.max]))
        #expect(try roundTrip([1, nil, UInt64.max]))
        #expect(try roundTrip([1.5, nil, -Float.greatestFiniteMagnitude]))
        #expect(try roundTrip([nil, nil, Double.infinity]))
        #expect(try roundTrip([Int128.max, nil, Int128.min]))
        #expect(try roundTrip([true, nil, false, true, true, true, true, true, false]))
        #expect(try roundTrip(["", nil, "Gr\u{fc}n", "a text that is longer than twelve bytes"]))
        #expect(try roundTrip([[], nil, [0, 255]] as [[UInt8]?]))
        #expect(try roundTrip([] as [String?]))
    }

    @Test func daysAndTimesAreBuiltWithTheirType() throws {
        let days = try ColumnBuilder<Int32>(type: .date32)
        days.append(15_706)
        let times = try ColumnBuilder<Int64>(type: .timestamp(.microsecond, zone: "UTC"))
        times.append(nil)
        let batch = try RecordBatch(columns: [("day", days.finish()), ("at", times.finish())])
        #expect(batch.schema.fields.map(\.type) == [.date32, .timestamp(.microsecond, zone: "UTC")])
        #expect(try batch.column("day", as: Int32.self)[0] == 15_706)
        #expect(try batch.column("at", as: Int64.self)[0] == nil)
    }

    @Test func aBuilderRefusesATypeOfAnotherShape() {
        #expect(throws: ArrowError.self) { try ColumnBuilder<Int64>(type: .date32) }
        #expect(throws: ArrowError.self) { try ColumnBuilder<String>(type: .largeUTF8) }
        #expect(throws: ArrowError.self) { try ColumnBuilder<String>(type: .utf8View) }
    }

    @Test func aFinishedBuilderStartsAgain() throws {
        let builder = ColumnBuilder<String>()
        builder.append("a")
        let first = try builder.finish()
        builder.append(nil)
        builder.append("b")
        let second = try builder.finish()
        #expect(try Array(first.values(as: String.self)) == ["a"])
        #expect(try Array(second.values(as: String.self)) == [nil, "b"])
        #expect(builder.count == 0)
    }

    @Test func valuesLieInMemoryAsTheyAre() throws {
        let batch = try RecordBatch(columns: [("x", ArrowColumn((0..<1_000).map { Double($0) } as [Double?]))])
        let sum = try batch.slice(10..<20).column("x", as: Double.self).withUnsafeValues { $0.reduce(0, +) }
        #expect(sum == 145)
        let text = try RecordBatch(columns: [("s", ArrowColumn(["abc", nil]))]).column("s", as: String.self)
        #expect(text.withUTF8(at: 0) { $0.count } == 3)
        #expect(text.withUTF8(at: 1) { $0.count } == 0)
    }

    @Test func anUnknownColumnListsTheColumnsAndTheNearest() throws {
        #expect(
            throws: ArrowError(
                .unknownColumn,
                "no column 'numbr' among 'number', 'flag', 'text'; did you mean 'number'?"
            )
        ) { try mixedBatch(1).column("numbr", as: Int64.self) }
    }

    @Test func aColumnOfAnotherTypeNamesBoth() throws {
        #expect(throws: ArrowError(.typeMismatch, "column 'text' is utf8, but Double reads float64")) {
            try mixedBatch(1).column("text", as: Double.self)
        }
    }

    @Test func columnsOfDifferentLengthsMakeNoBatch() throws {
        #expect(throws: ArrowError(.typeMismatch, "column 'b' has 2 rows, but 'a' has 1")) {
            try RecordBatch(columns: [("a", ArrowColumn([1] as [Int64?])), ("b", ArrowColumn([1, 2] as [Int64?]))])
        }
    }

    @Test func viewsOfTextAreRead() throws {
        // Two views: "short" in place, and 26 letters in the first buffer from its second byte.
        let letters = Array("-abcdefghijklmnopqrstuvwxyz".utf8)
        var views = [UInt8](repeating: 0, count: 32)
        views.replaceSubrange(0..<9, with: [5, 0, 0, 0] + Array("short".utf8))
        views.replaceSubrange(16..<32, with: [26, 0, 0, 0] + letters[1...4] + [0, 0, 0, 0, 1, 0, 0, 0])
        try withForeignBuffers([views, letters, [27, 0, 0, 0, 0, 0, 0, 0]]) { buffers in
            let type = ArrowType.utf8View
            var array = foreignBatch(length: 2, buffers: [nil] + buffers)
            let batch = try RecordBatch(importing: &array, schema: Schema([Field("v", type)]))
            #expect(try Array(batch.column("v", as: String.self)) == ["short", "abcdefghijklmnopqrstuvwxyz"])
            #expect(try Array(batch.slice(1..<2).column("v", as: String.self)) == ["abcdefghijklmnopqrstuvwxyz"])
        }
    }
}
