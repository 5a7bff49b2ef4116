import TauroData
package import TauroModel

extension DuckDBEngine {
    /// Loads the library and asks it what it has; nothing is fetched.
    ///
    /// - Throws: `SQLError`, with the code `.missingEngine` where there is no library.
    package func inspect() throws -> EngineInspection {
        let connection = try connect()
        let functions = connection.functions
        let result = try connection.prepare(
            "SELECT extension_name, CAST(loaded AS VARCHAR), CAST(installed AS VARCHAR),"
                + " coalesce(extension_version, ''), coalesce(install_path, '')"
                + " FROM duckdb_extensions() ORDER BY extension_name"
        ).run(cancellation: CancellationToken())
        let stream = try QueryStream(result, leases: [], cancellation: CancellationToken())
        var extensions: [EngineInspection.Extension] = []
        while let batch = try stream.next() { extensions += try Self.extensions(in: batch) }
        for part in DuckDBExtension.allCases {
            guard let file = try file(of: part, on: connection) else { continue }
            let isLoaded = extensions.contains { $0.name == part.rawValue && $0.isLoaded }
            extensions.removeAll { $0.name == part.rawValue }
            extensions.append(
                EngineInspection.Extension(
                    name: part.rawValue,
                    isLoaded: isLoaded,
                    isInstalled: true,
                    version: Self.version(connection),
                    place: file
                )
            )
        }
        return EngineInspection(
            library: functions.path,
            version: functions.libraryVersion().map { String(cString: $0) } ?? "",
            extensions: extensions.sorted { $0.name < $1.name }
        )
    }

    private static func extensions(in batch: RecordBatch) throws -> [EngineInspection.Extension] {
        let columns = try (0..<5).map { try batch.column(at: $0).values(as: String.self).map { $0 ?? "" } }
        return (0..<batch.rowCount).map { row in
            EngineInspection.Extension(
                name: columns[0][row],
                isLoaded: columns[1][row] == "true",
                isInstalled: columns[2][row] == "true",
                version: columns[3][row],
                place: columns[4][row]
            )
        }
    }
}
