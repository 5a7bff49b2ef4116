import TauroBasics
import TauroModel

/// The options of a dataset's format, with the keys beside them that are options too.
struct ServerOptions {
    private let fields: Fields
    private let paths: LocalPath
    private let bounds: PathBounds
    private let format: String

    init(_ fields: Fields, paths: LocalPath, bounds: PathBounds) {
        self.fields = fields
        self.paths = paths
        self.bounds = bounds
        format = fields.text("format") ?? ""
    }

    /// Whether the dataset lies in a database.
    var isDatabase: Bool { ConfigKeySet.databaseFormats.contains(format) }

    /// Whether the dataset lies on a server, where no path leads.
    var isOnServer: Bool { isDatabase || format == ConfigKeySet.brokerFormat }

    /// Whether `query` is one of its options, and no query over other datasets.
    var takesQuery: Bool { isDatabase }

    /// Whether `filepath` says what `uri` would.
    var takesPath: Bool { format == "sqlite" && fields.keySet.position(of: "query") != nil }

    /// All options.
    ///
    /// `null_values` is always a list, though people may write a single text.
    func folded(_ owner: Owner) -> [String: ConfigValue] {
        var options = fields.map("options")
        if let single = options["null_values"], case .string = single.content {
            options["null_values"] = ConfigValue(.list([single]), at: single.location)
        }
        for key in ConfigKeySet.serverKeys { fold(key.name, as: key.name, into: &options, owner) }
        if takesQuery { fold("query", as: "query", into: &options, owner) }
        if takesPath { fold("filepath", as: "uri", into: &options, owner) }
        if let name = fileOption(options), let file = options[name] {
            options[name] = replacing(file) { database($0, owner) }
        }
        if isDatabase, let driver = options["driver"], case .string(let text) = driver.content, text.contains("/") {
            options["driver"] = replacing(driver) { paths.file($0, owner.sentenceStart) }
        }
        return options
    }

    /// The option that names the database's file; nil where none does that is known here.
    ///
    /// Of drivers by name SQLite's takes a file as its `uri`; `path` is DuckDB's word for it.
    private func fileOption(_ options: [String: ConfigValue]) -> String? {
        if format == "sqlite" { return "uri" }
        guard format == "adbc" else { return nil }
        guard case .string(let driver)? = options["driver"]?.content else { return "path" }
        let name = FilePath.name(driver)
        return name == "sqlite" || name.hasPrefix("libadbc_driver_sqlite.") ? "uri" : "path"
    }

    private func fold(_ key: String, as name: String, into options: inout [String: ConfigValue], _ owner: Owner) {
        guard fields.keySet.position(of: key) != nil, let value = fields[key] else { return }
        if let other = options[name] {
            let place = other.location.line > value.location.line ? other.location : value.location
            paths.findings.error(
                "`\(name)` of \(owner.description) is said twice.",
                at: place,
                notes: ["Keep one of them."]
            )
        }
        options[name] = value
    }

    /// A database's file as an absolute path, or as an address that holds one; what names no file stays.
    private func database(_ file: Located<String>, _ owner: Owner) -> String {
        let bounded = { paths.bounded(Located($0, at: file.location), owner.sentenceStart, by: bounds) }
        if file.value == SQLiteAddress.memory { return file.value }
        guard file.value.hasPrefix("file:") else { return bounded(file.value) }
        guard var address = SQLiteAddress(file.value) else { return file.value }
        address.path = bounded(address.path)
        return address.text
    }

    /// A text in another form; an empty one stays.
    private func replacing(_ value: ConfigValue, _ path: (Located<String>) -> String) -> ConfigValue {
        guard case .string(let text) = value.content, !text.isEmpty else { return value }
        return ConfigValue(
            .string(path(Located(text, at: value.location))),
            at: value.location,
            isSecret: value.isSecret
        )
    }
}
