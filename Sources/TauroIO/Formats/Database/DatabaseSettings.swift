import TauroBasics
import TauroModel

/// What a dataset says of its database, and of the table or query in it.
struct DatabaseSettings {
    /// The function that fills the table of most drivers.
    static let defaultEntry = "AdbcDriverInit"

    let dataset: DatasetDefinition
    let dialect: DatabaseDialect
    /// The table; nil for a query.
    let table: DatabaseTable?
    /// The query, as it is sent.
    let query: String?
    /// The driver's library or name; nil for that of the format.
    let driver: String?
    /// The function that fills the driver's table.
    let entry: String
    /// What the driver is told of the database.
    let options: [(name: String, value: String)]
    private let address: ServerAddress
    private let secrets: [String]

    init(_ dataset: DatasetDefinition) {
        self.dataset = dataset
        dialect = DatabaseDialect(format: dataset.format.value)
        table = dataset.text("table").flatMap(DatabaseTable.init)
        query = dataset.text("query")
        driver = dataset.text("driver")
        entry = dataset.text("entrypoint") ?? DatabaseSettings.defaultEntry
        let uri = dataset.text("uri")
        address = ServerAddress(uri ?? "", isSecret: dataset.options["uri"]?.isSecret ?? false)
        let said = ["uri", "table", "query", "driver", "entrypoint", "busy_timeout"]
        let others = dataset.options.filter { !said.contains($0.key) }.sorted { $0.key < $1.key }
        let further = dialect == .other ? others : []
        options =
            (uri.map { [("uri", $0)] } ?? [])
            + further.compactMap { option in
                option.value.plainText.map { (option.key, $0) }
            }
        secrets = further.filter { $0.value.isSecret || $0.key.hasSuffix("password") || $0.key.hasSuffix("token") }
            .compactMap { $0.value.plainText }.filter { $0.utf8.count > 2 }
    }

    /// What is read or stored, and where, without secrets.
    var place: String {
        let server = address.shown.isEmpty ? "the database" : address.shown
        return table.map { "table \($0.text) of \(server)" } ?? "the query of \(server)"
    }

    /// The server, without secrets.
    var server: String { address.shown.isEmpty ? "the database" : address.shown }

    /// Why rows that a commit stored can not give way to others, as a sentence with a cure; nil where all rows do.
    var obstacleToReplacing: String? {
        if dataset.writeMode == .overwrite { return nil }
        return redacted(
            "output '\(dataset.id)': the rows that the run has stored into \(place) can not be told from others there, so they can"
                + " not give way to new ones; remove them by hand and begin a new run, or use write_mode: overwrite"
        )
    }

    /// The database as something that can be out of order; nil for a file.
    ///
    /// One whose address can not be shown is named after the dataset.
    var resource: String? {
        if dialect == .sqlite || dialect == .other && address.isFile { return nil }
        return "database \(address.server ?? "of dataset \(dataset.id)")"
    }

    /// A text without secrets.
    func redacted(_ text: String) -> String {
        secrets.reduce(address.redacted(text)) { $0.replacing($1, with: "***") }
    }

    /// An error about the dataset, in words that hold no secret.
    func failure(_ code: DatasetError.Code, _ text: String) -> DatasetError {
        DatasetError(code, "Dataset '\(dataset.id)': \(redacted(text))")
    }
}

extension DatasetDefinition {
    /// The text of an option; nil where it is none.
    func text(_ option: String) -> String? {
        guard case .string(let text)? = options[option]?.content else { return nil }
        return text
    }
}
