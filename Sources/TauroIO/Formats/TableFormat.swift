package import TauroEngine

/// A file format that tables are read from and written to: its name, its files, its options.
///
/// A format is one folder here: a description, which the engine's reader and writer carry out.
package struct TableFormat: Sendable {
    /// The word in configuration, for example `csv`.
    package let name: String
    /// The format as the engine knows it; nil where a driver finds, reads and stores its datasets.
    package let bulkFormat: BulkFormat?
    /// Whether it is for inputs.
    package let isRead: Bool
    /// Whether it is for outputs.
    package let isWritten: Bool
    /// Whether a large result may be written to several files: where people expect one, as with csv, it is not.
    package let isSplittable: Bool
    /// Whether its files say every column's type; the types are stored beside them where they do not.
    package let keepsTypes: Bool
    /// What its files end in, without the dot; nil where its datasets are not files of their own.
    package let fileExtension: String?
    /// The options that a dataset of this format may have.
    package let options: [FormatOption]
    /// What names of further options begin with, whose values are single texts, numbers or flags; nil where there are none.
    private let openPrefix: String?

    /// What its files end in.
    var ending: String { fileExtension ?? name }

    /// All formats of this version.
    package static let all: [TableFormat] = [
        .adbc, .arrow, .avro, .csv, .delta, .feather, .json, .kafka, .orc, .parquet, .postgresql, .sqlite,
    ]

    /// A format whose files the engine reads, and most of which it writes; `name` where it has one of its own.
    package init(
        _ bulkFormat: BulkFormat,
        name: String? = nil,
        isSplittable: Bool,
        keepsTypes: Bool,
        fileExtension: String,
        options: [FormatOption]
    ) {
        self.name = name ?? bulkFormat.rawValue
        self.bulkFormat = bulkFormat
        isRead = true
        isWritten = bulkFormat.isWritten
        self.isSplittable = isSplittable
        self.keepsTypes = keepsTypes
        self.fileExtension = fileExtension
        self.options = options
        openPrefix = nil
    }

    /// A format whose datasets a driver finds, reads and stores.
    package init(
        drivenAs name: String,
        isRead: Bool,
        isWritten: Bool,
        keepsTypes: Bool,
        options: [FormatOption],
        openPrefix: String? = nil
    ) {
        self.name = name
        self.openPrefix = openPrefix
        bulkFormat = nil
        self.isRead = isRead
        self.isWritten = isWritten
        isSplittable = false
        self.keepsTypes = keepsTypes
        fileExtension = nil
        self.options = options
    }

    /// The format called `name`.
    package static func named(_ name: String) -> TableFormat? { all.first { $0.name == name } }

    /// The option called `name`, by its own name or another spelling of it.
    package func option(_ name: String) -> FormatOption? {
        if let option = options.first(where: { $0.spellings.contains(name) }) { return option }
        return openPrefix.flatMap { name.hasPrefix($0) ? FormatOption(name, .scalar, .both) : nil }
    }
}

/// One option of a format.
package struct FormatOption: Sendable {
    /// What values an option takes.
    package enum Kind: Sendable {
        case bool
        case integer
        /// A whole number that is not negative.
        case count
        /// A day, or a moment of one.
        case moment
        case text
        /// One text or a list of texts.
        case texts
        /// One text, number or flag.
        case scalar
        /// One text, or a map.
        case textOrMap
        /// One of these words, each with the engine's word for it.
        case word([(name: String, engineName: String)])
    }

    /// When an option has a meaning.
    package enum Use: Sendable {
        case reading
        case writing
        case both
    }

    /// The name in configuration.
    package let name: String
    /// Other spellings of the name.
    package let aliases: [String]
    /// What values it takes.
    package let kind: Kind
    /// When it has a meaning.
    package let use: Use
    /// The engine's name for it.
    package let engineName: String

    /// All names it goes by, its own first.
    var spellings: [String] { [name] + aliases }

    /// Whether it says which version of a table is meant.
    var isVersion: Bool { engineName == "version" || engineName == "timestamp" }

    package init(_ name: String, aliases: [String] = [], _ kind: Kind, _ use: Use, engineName: String? = nil) {
        self.name = name
        self.engineName = engineName ?? name
        self.aliases = aliases
        self.kind = kind
        self.use = use
    }
}

extension FormatOption {
    /// How files of text are compressed; those of others say it by their names too, `*.csv.gz` or `*.json.zst`.
    static let textCompression = FormatOption(
        "compression",
        .word([("uncompressed", "none"), ("gzip", "gzip"), ("zstd", "zstd")]),
        .both
    )
}
