import CTauro
import TauroData
import Testing

/// Memory is released exactly once, when the last of everything that refers to it is gone.
@Suite struct OwnershipTests {
    @Test func importingTakesTheArrayOver() throws {
        let counter = CountedArray()
        let source = try mixedBatch(20)
        var array = counter.array(of: source)
        var batch: RecordBatch? = try RecordBatch(importing: &array, schema: source.schema)
        #expect(array.release == nil)
        #expect(batch?.rowCount == 20)
        #expect(counter.releases == 0)
        batch = nil
        #expect(counter.releases == 1)
    }

    @Test func aRefusedArrayStaysTheCallers() throws {
        let counter = CountedArray()
        var array = counter.array(of: try mixedBatch(20))
        #expect(throws: ArrowError.self) {
            try RecordBatch(importing: &array, schema: Schema([Field("number", .int64)]))
        }
        #expect(counter.releases == 0)
        #expect(array.release != nil)
        array.release(&array)
        #expect(counter.releases == 1)
    }

    @Test func slicesColumnsAndExportsEachKeepTheMemory() throws {
        let counter = CountedArray()
        let source = try mixedBatch(20)
        var array = counter.array(of: source)
        var batch: RecordBatch? = try RecordBatch(importing: &array, schema: source.schema)
        var slice = batch?.slice(3..<9)
        var column = try slice?.column("number", as: Int64.self)
        var exported = try #require(slice?.slice(1..<4).export())
        var joined: RecordBatch? = try RecordBatch(columns: [("only", try #require(slice).column("flag"))])
        batch = nil
        slice = nil
        #expect(column?[1] == 4)
        column = nil
        #expect(joined?.rowCount == 6)
        joined = nil
        #expect(counter.releases == 0)
        exported.release(&exported)
        #expect(exported.release == nil)
        #expect(counter.releases == 1)
    }

    @Test func releasingTwiceReleasesOnce() throws {
        let counter = CountedArray()
        let source = try mixedBatch(5)
        var array = counter.array(of: source)
        var exported: ArrowArray
        do {
            let batch = try RecordBatch(importing: &array, schema: source.schema)
            exported = batch.export()
        }
        let release = try #require(exported.release)
        release(&exported)
        release(&exported)
        #expect(counter.releases == 1)
    }

    @Test func releasingACopyOfWhatWasReleasedDoesNothing() throws {
        let batch = try mixedBatch(5)
        var exported = batch.export()
        var copy = exported
        exported.release(&exported)
        var kept = batch.export()
        copy.release(&copy)
        #expect(kept.release != nil)
        #expect(try RecordBatch(importing: &kept, schema: batch.schema).rowCount == 5)
    }

    @Test func releasingACopyOfASchemaThatWasReleasedDoesNothing() throws {
        let schema = try mixedBatch(5).schema
        var exported = schema.export()
        var copy = exported
        exported.release(&exported)
        var kept = schema.export()
        copy.release(&copy)
        #expect(try Schema(importing: &kept) == schema)
        kept.release(&kept)
    }

    @Test func aChildMayBeMovedOutOfAnExport() throws {
        let counter = CountedArray()
        let source = try mixedBatch(5)
        var array = counter.array(of: source)
        var exported = try RecordBatch(importing: &array, schema: source.schema).export()
        var child = try #require(exported.children[0]?.pointee)
        exported.children[0]?.pointee.release = nil
        exported.release(&exported)
        #expect(counter.releases == 0)
        #expect(child.length == 5)
        child.release(&child)
        #expect(counter.releases == 1)
    }

    @Test func exportingManyTimesCopiesNothing() throws {
        let batch = try mixedBatch(100)
        var first = batch.export()
        var second = batch.slice(10..<20).export()
        #expect(first.children[0]?.pointee.buffers[1] == second.children[0]?.pointee.buffers[1])
        #expect(second.offset == 0)
        #expect(second.children[0]?.pointee.offset == 10)
        first.release(&first)
        second.release(&second)
        #expect(try holdsMixed(batch, 0..<100))
    }

    @Test func bufferStartsAreAligned() throws {
        var exported = try mixedBatch(100).export()
        defer { exported.release(&exported) }
        for index in 0..<3 {
            let address = UInt(bitPattern: exported.children[index]?.pointee.buffers[1])
            #expect(address % 64 == 0)
        }
    }

    @Test func columnsOutliveTheirBatchOnOtherThreads() async throws {
        let counter = CountedArray()
        let source = try mixedBatch(1_000)
        var array = counter.array(of: source)
        let column = try RecordBatch(importing: &array, schema: source.schema).column("number", as: Int64.self)
        await withTaskGroup(of: Int64.self) { group in
            for _ in 0..<8 { group.addTask { column.reduce(0) { $0 + ($1 ?? 0) } } }
            for await sum in group { #expect(sum == 499_500 - 199 * 500) }
        }
        #expect(counter.releases == 0)
    }
}
