import CTauro
import TauroData
import Testing

/// Streams across the C interface.
@Suite struct StreamTests {
    /// Hands out one batch, then fails.
    private final class BrokenStream: RecordBatchStream {
        let schema: Schema
        private var batch: RecordBatch?

        init(_ batch: RecordBatch) {
            schema = batch.schema
            self.batch = batch
        }

        func next() throws -> RecordBatch? {
            guard let batch else { throw ArrowError(.stream, "the disk is on fire") }
            self.batch = nil
            return batch
        }
    }

    @Test func aStreamGoesThroughTheCInterfaceAndBack() throws {
        let batch = try mixedBatch(100)
        let batches = [batch.slice(0..<40), batch.slice(40..<100)]
        var exported = BatchListStream(schema: batch.schema, batches: batches).export()
        let reader = try ArrowStreamReader(taking: &exported)
        #expect(exported.release == nil)
        #expect(reader.schema == batch.schema)
        let first = try #require(try reader.next())
        let second = try #require(try reader.next())
        #expect(try holdsMixed(first, 0..<40))
        #expect(try holdsMixed(second, 40..<100))
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test func aFailureCarriesTheProducersText() throws {
        var exported = BrokenStream(try mixedBatch(3)).export()
        let reader = try ArrowStreamReader(taking: &exported)
        #expect(try reader.next()?.rowCount == 3)
        #expect(throws: ArrowError(.stream, "the disk is on fire")) { try reader.next() }
        #expect(try reader.next() == nil)
    }

    @Test func theStreamIsReleasedOnceWithItsReader() throws {
        let counter = CountedArray()
        let source = try mixedBatch(5)
        var array = counter.array(of: source)
        do {
            let batch = try RecordBatch(importing: &array, schema: source.schema)
            var exported = BatchListStream(schema: batch.schema, batches: [batch]).export()
            let reader = try ArrowStreamReader(taking: &exported)
            #expect(reader.schema == source.schema)
        }
        #expect(counter.releases == 1)
    }

    @Test func batchesOutliveTheirStream() throws {
        let source = try mixedBatch(9)
        let batch: RecordBatch?
        do {
            var exported = BatchListStream(schema: source.schema, batches: [source]).export()
            batch = try ArrowStreamReader(taking: &exported).next()
        }
        let outlived = try #require(batch)
        #expect(try holdsMixed(outlived, 0..<9))
    }

    @Test func aReleasedStreamIsRefused() throws {
        var exported = BatchListStream(schema: Schema([]), batches: []).export()
        exported.release(&exported)
        #expect(throws: ArrowError(.malformed, "the Arrow stream was released already")) {
            try ArrowStreamReader(taking: &exported)
        }
    }

    @Test func anUnsoundBatchEndsTheStreamAndIsReleased() throws {
        let counter = CountedArray()
        let source = try mixedBatch(5)
        var array = counter.array(of: source)
        let batch = try RecordBatch(importing: &array, schema: source.schema)
        // The stream says one column, its batches have three.
        var exported = BatchListStream(schema: Schema([Field("x", .int64)]), batches: [batch]).export()
        let reader = try ArrowStreamReader(taking: &exported)
        #expect(throws: ArrowError.self) { try reader.next() }
        #expect(try reader.next() == nil)
        #expect(counter.releases == 0)
        extendLifetime(batch)
    }
}
