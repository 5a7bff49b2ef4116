extension TableFormat {
    /// Tables and queries of a PostgreSQL server.
    package static let postgresql = TableFormat(database: "postgresql", options: [])
    /// Tables and queries of a file that SQLite keeps.
    package static let sqlite = TableFormat(
        database: "sqlite",
        options: [FormatOption("busy_timeout", .count, .both)]
    )
    /// Tables and queries of any database that an ADBC driver reaches; further options are the driver's.
    package static let adbc = TableFormat(database: "adbc", options: [FormatOption("entrypoint", .text, .both)])

    /// The keys that stand beside `options` in configuration are options here.
    private init(database name: String, options: [FormatOption]) {
        let said = [
            FormatOption("uri", .text, .both), FormatOption("table", .text, .both),
            FormatOption("driver", .text, .both), FormatOption("query", .text, .reading),
        ]
        self.init(drivenAs: name, isRead: true, isWritten: true, keepsTypes: true, options: said + options)
    }

    /// Whether options that it does not know are handed on.
    var passesOptions: Bool { name == TableFormat.adbc.name }
}
