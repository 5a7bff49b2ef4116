/// How an output lies in its directory, and what becomes of the rows and columns that are stored already.
///
/// Places are those of the values in `output.yaml`.
public struct OutputLayout: Sendable {
    /// The columns whose values name the directories that divide the rows; empty where they are not divided.
    public var partition: [Located<String>] = []
    /// The most rows of one file; nil for as many as the host sees fit.
    public var maxRowsPerFile: Located<Int>?
    /// Whether rows that are appended may have columns that stored ones lack, and the other way round.
    public var mergesSchema: Located<Bool>?
    /// Whether rows that take the place of others may have other columns; nil where nothing is said, and they may.
    public var overwritesSchema: Located<Bool>?
    /// Which stored rows are replaced where not all are: the word `replaceWhere`.
    public var overwriteStrategy: Located<String>?
    /// The condition on columns of `partition` that says which stored rows are replaced.
    public var replacePredicate: Located<String>?

    /// Creates the layout of an output that says nothing of it.
    public init() {}
}
