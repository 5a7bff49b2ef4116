import TauroBasics
import TauroModel

extension DuckDBEngine {
    /// Loads an extension from its file, once; nothing is ever fetched.
    ///
    /// The file is held to the rule of trust that holds for the library.
    ///
    /// - Throws: `SQLError` with the code `.missingEngine` that lists every place and why it failed.
    func load(_ part: DuckDBExtension) throws(SQLError) {
        let connection = try connect()
        try connection.database.load(part) { () throws(SQLError) in
            var failures: [String] = []
            for candidate in try candidates(part, on: connection) {
                switch judge(candidate) {
                case .failure(let problem): failures.append("\(problem)")
                case .success(let file):
                    do throws(SQLError) {
                        return try connection.execute("LOAD \(literal(file))")
                    } catch {
                        failures.append("\(file): \(error.message)")
                    }
                }
            }
            let version = DuckDBEngine.version(connection)
            throw SQLError(
                .missingEngine,
                "DuckDB's extension '\(part.rawValue)' could not be loaded; run scripts/setup in a checkout of tauro-host, "
                    + "or put \(part.fileName) of DuckDB \(version) into .tauro/vendor/duckdb/extensions/\(version)/ of "
                    + "the project. Tried:\(failures.map { "\n  \($0)" }.joined())"
            )
        }
    }

    /// The file that an extension would be loaded from; nil where there is none that may be.
    func file(of part: DuckDBExtension, on connection: DuckDBConnection) throws(SQLError) -> String? {
        try candidates(part, on: connection).lazy.compactMap { try? self.judge($0).get() }.first
    }

    static func version(_ connection: DuckDBConnection) -> String {
        connection.functions.libraryVersion().map { String(cString: $0) } ?? ""
    }

    /// Why a file is not loaded.
    private struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// The file without links if it may be loaded.
    private func judge(_ candidate: String) -> Result<String, Refusal> {
        guard let real = try? FileSystem.realPath(candidate) else {
            return .failure(Refusal(description: "\(candidate): it does not exist"))
        }
        return distrust(real).map { .failure(Refusal(description: "\(real) \($0)")) } ?? .success(real)
    }

    private func candidates(_ part: DuckDBExtension, on connection: DuckDBConnection) throws(SQLError) -> [String] {
        let known = part.candidates(
            directories: libraryDirectories,
            library: connection.functions.path,
            version: DuckDBEngine.version(connection)
        )
        // What DuckDB's own command line installed is found by way of the user's home.
        if ignoresEnvironment { return known }
        let installed = try connection.prepare(
            "SELECT coalesce(max(install_path), '') FROM duckdb_extensions()"
                + " WHERE installed AND extension_name = \(literal(part.rawValue))"
        ).run(cancellation: CancellationToken()).onlyText()
        return FilePath.isAbsolute(installed) ? known + [installed] : known
    }
}
