import TauroData
package import TauroModel

extension Frame {
    /// A frame with the first rows of this one, at least `limit` of them as far as there are that many.
    ///
    /// The frame itself where the engine reads no more than a query needs; of other sources only the first batches are read.
    package func beginning(atLeast limit: Int) throws -> Frame {
        guard case .source(let source) = content, !(source is any SelectSource) else { return self }
        let token = CancellationToken()
        let stream = try source.stream(cancellation: token)
        var batches: [RecordBatch] = []
        var rows = 0
        while rows < limit, let batch = try stream.next() {
            batches.append(batch)
            rows += batch.rowCount
        }
        return Frame(schema: stream.schema, batches: batches)
    }
}
