import CTauro
import TauroData

/// Columns of types that SQL does not make, by way of the C interface.
enum ArrowSample {
    /// The numbers as values of another type that keeps them in 64 bits.
    static func reinterpreted(_ values: [Int64?], _ type: ArrowType) throws -> ArrowColumn {
        var batch = try RecordBatch(columns: [("c", ArrowColumn(values))]).export()
        return try RecordBatch(importing: &batch, schema: Schema([Field("c", type)])).column("c")
    }

    /// The numbers as places in a list of words.
    static func dictionary(_ places: [Int64?], of words: [String?]) throws -> ArrowColumn {
        var batch = try RecordBatch(columns: [("c", ArrowColumn(places))]).export()
        var wordsBatch = try RecordBatch(columns: [("w", ArrowColumn(words))]).export()
        let dictionary = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        // The child is moved out; both stay allocated: a test's leak is simpler than its bookkeeping.
        dictionary.initialize(to: wordsBatch.children[0]?.pointee ?? ArrowArray())
        wordsBatch.children[0]?.pointee.release = nil
        wordsBatch.release(&wordsBatch)
        batch.children[0]?.pointee.dictionary = dictionary
        let type = ArrowType.dictionary(index: .int64, values: .utf8, ordered: false)
        return try RecordBatch(importing: &batch, schema: Schema([Field("c", type)])).column("c")
    }
}
