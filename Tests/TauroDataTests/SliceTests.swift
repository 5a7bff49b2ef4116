import CTauro
import TauroData
import Testing

/// Slices, wherever they start.
@Suite struct SliceTests {
    @Test(arguments: [0..<0, 0..<1, 1..<2, 7..<9, 8..<16, 13..<100, 99..<100, 0..<100])
    func slicesReadTheirRows(range: Range<Int>) throws {
        let batch = try mixedBatch(100)
        #expect(try holdsMixed(batch.slice(range), range))
        let nulls = range.filter { $0 % 5 == 0 }.count
        #expect(try batch.slice(range).column("number", as: Int64.self).nullCount == nulls)
    }

    @Test func aSliceOfASliceCountsFromItsOwnStart() throws {
        #expect(try holdsMixed(mixedBatch(100).slice(11..<90).slice(6..<50).slice(1..<20), 18..<37))
    }

    @Test func anExportedSliceIsImportedAgain() throws {
        let batch = try mixedBatch(100)
        var array = batch.slice(13..<77).export()
        #expect(try holdsMixed(RecordBatch(importing: &array, schema: batch.schema), 13..<77))
    }

    @Test func theStructsOwnOffsetIsHonoured() throws {
        let batch = try mixedBatch(100)
        var array = batch.export()
        array.offset = 11
        array.length = 40
        let imported = try RecordBatch(importing: &array, schema: batch.schema)
        #expect(try holdsMixed(imported, 11..<51))
        #expect(try holdsMixed(imported.slice(5..<10), 16..<21))
        var again = imported.slice(5..<10).export()
        #expect(try holdsMixed(RecordBatch(importing: &again, schema: batch.schema), 16..<21))
    }

    @Test func someColumnsAreExportedInTheOrderAskedFor() throws {
        let batch = try mixedBatch(50).slice(3..<40)
        var array = batch.export(columns: [2, 0], range: 5..<9)
        let schema = Schema([batch.schema.fields[2], batch.schema.fields[0]])
        let part = try RecordBatch(importing: &array, schema: schema)
        #expect(try Array(part.column("text", as: String.self)) == (8..<12).map(mixedText))
        #expect(try Array(part.column("number", as: Int64.self)) == (8..<12).map(mixedNumber))
    }

    @Test func aBatchWithoutColumnsHasRows() throws {
        var array = try mixedBatch(9).export(columns: [], range: 2..<9)
        let batch = try RecordBatch(importing: &array, schema: Schema([]))
        #expect(batch.rowCount == 7)
        #expect(batch.slice(1..<3).rowCount == 2)
    }

    @Test func aBatchWithoutRowsHasColumnsOfEveryType() throws {
        let fields = TypeTests.samples.enumerated().map { Field("c\($0.offset)", $0.element.type) }
        let batch = RecordBatch(emptyWith: Schema(fields))
        var array = batch.export()
        #expect(try RecordBatch(importing: &array, schema: batch.schema).rowCount == 0)
    }
}
