/// A place in a configuration file, as people and editors count it.
public struct SourceLocation: Sendable, Hashable, Comparable {
    /// Absolute path of the file, or a label such as `--param` for what came from elsewhere.
    public let file: String
    /// Line, from 1; 0 where the place is the whole file.
    public let line: Int
    /// Column in characters, from 1; 0 where the place is the whole line.
    public let column: Int

    /// Creates a location.
    public init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// Orders by file, then line, then column.
    public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
