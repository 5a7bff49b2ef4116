package import TauroData
package import TauroModel

/// A source whose columns can be read alone, so that a query over it reads only those it needs.
package protocol ColumnSource: FrameSource {
    /// A new, independent stream over some columns, which ends with an error once the token is cancelled.
    ///
    /// `columns` are their places in the schema, ascending, none twice. Batches of no column have a length alone.
    func stream(columns: [Int], cancellation: CancellationToken) throws -> any RecordBatchStream
}
