/// A dataset as `input.yaml` or `output.yaml` states it.
public struct DatasetDefinition: Sendable {
    /// What happens to rows that are already stored.
    public enum WriteMode: String, Sendable, CaseIterable {
        /// The new rows take the place of the old ones, in one step.
        case overwrite
        /// The new rows join the old ones, in one step and once a run.
        case append
        /// Nothing is stored when the dataset exists.
        case ignore
        /// Storing fails when the dataset exists.
        case error

        /// What counts where nothing is said: a topic of Kafka can only be appended to.
        package static func unlessSaid(with format: String) -> WriteMode { format == "kafka" ? .append : .overwrite }
    }

    /// A column that has to be there, with what is declared of it.
    public struct Column: Sendable, Hashable {
        /// The column's name.
        public let name: String
        /// Its SQL type, for example `DOUBLE`; nil where it is inferred.
        public let type: String?
        /// Whether it may hold NULL.
        public let isNullable: Bool
        /// Where it is written.
        public let location: SourceLocation?

        /// Creates a column.
        public init(name: String, type: String?, isNullable: Bool = true, location: SourceLocation? = nil) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.location = location
        }
    }

    /// The id that nodes use.
    public var id: String
    /// The format's name, for example `csv`.
    public var format: Located<String>
    /// Absolute path or glob of an input; of an output, the directory that holds it.
    public var path: Located<String>
    /// Options of the format, by the names that the format documents.
    public var options: [String: ConfigValue]
    /// Declared columns; empty where all are inferred.
    public var columns: [Column]
    /// What its rows promise.
    public var checks: [DataCheck]
    /// The date or timestamp column that the run's dates filter by, if the dataset asks for that.
    public var dateColumn: String?
    /// The query whose result this is, for a dataset that is one; it has no path.
    ///
    /// For inputs.
    public var query: Located<String>?
    /// What the server knows that the path is on, by the names of `storage_options`; empty for a path of this machine.
    ///
    /// For inputs.
    public var storageOptions: [String: ConfigValue] = [:]
    /// Where its files may lie; nil where nothing is asked.
    package var bounds: PathBounds?
    /// What the dataset is, in the author's words.
    public var description: String?
    /// What happens to rows that are already stored.
    ///
    /// For outputs.
    public var writeMode: WriteMode
    /// How it lies in its directory.
    ///
    /// For outputs.
    public var layout = OutputLayout()
    /// Where the dataset is written; nil for an output that `output.yaml` does not name.
    public var location: SourceLocation?

    /// Creates a dataset.
    public init(
        id: String,
        format: Located<String>,
        path: Located<String>,
        options: [String: ConfigValue] = [:],
        columns: [Column] = [],
        checks: [DataCheck] = [],
        dateColumn: String? = nil,
        query: Located<String>? = nil,
        description: String? = nil,
        writeMode: WriteMode = .overwrite,
        location: SourceLocation? = nil
    ) {
        self.id = id
        self.format = format
        self.path = path
        self.options = options
        self.columns = columns
        self.checks = checks
        self.dateColumn = dateColumn
        self.query = query
        self.description = description
        self.writeMode = writeMode
        self.location = location
    }
}
