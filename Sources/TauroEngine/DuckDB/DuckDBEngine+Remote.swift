import TauroData
import TauroModel

extension DuckDBEngine {
    package func remoteFiles(matching pattern: String, _ access: RemoteAccess) throws -> [String] {
        try introduce(access)
        let connection = try connect()
        let found = try connection.prepare("SELECT file FROM glob(\(literal(pattern)))").run(
            cancellation: CancellationToken()
        )
        let stream = try QueryStream(found, leases: [], cancellation: CancellationToken())
        var files: [String] = []
        while let batch = try stream.next() {
            files += try batch.column(at: 0).values(as: String.self).compactMap { $0 }
        }
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func remoteSize(of address: String, _ access: RemoteAccess) throws -> Int64? {
        try introduce(access)
        do {
            let connection = try connect()
            let pattern = access.service == .http ? address : literalGlob(address)
            let found = try connection.prepare("SELECT size FROM read_blob(\(literal(pattern)))").run(
                cancellation: CancellationToken()
            )
            let stream = try QueryStream(found, leases: [], cancellation: CancellationToken())
            return try stream.next()?.column(at: 0).values(as: Int64.self).first ?? nil
        } catch let error as SQLError where error.code == .io && error.message.contains("HTTP 404") {
            return nil
        } catch let error as SQLError where error.message.contains("No files found") {
            return nil
        }
    }

    /// Makes known what a server wants to know, once, and loads what talks to servers.
    func introduce(_ access: RemoteAccess) throws(SQLError) {
        try load(.httpfs)
        let connection = try connect()
        try connection.database.introduce(access) { number throws(SQLError) in
            do throws(SQLError) {
                try connection.execute(access.statement(naming: "tauro_\(number)"))
            } catch {
                // The text of a broken statement would hold the key.
                throw SQLError(error.code, "DuckDB did not take the `storage_options` of \(access.scope)")
            }
        }
    }
}

extension RemoteAccess {
    /// The statement that makes it known, in memory alone.
    fileprivate func statement(naming name: String) -> String {
        var arguments = ["TYPE \(service.rawValue)", "SCOPE \(literal(scope))"]
        let texts: [(String, String?)] = [
            ("KEY_ID", keyID), ("SECRET", secretKey), ("SESSION_TOKEN", sessionToken), ("REGION", region),
            ("ENDPOINT", endpoint), ("BEARER_TOKEN", bearerToken),
        ]
        arguments += texts.compactMap { name, text in text.map { "\(name) \(literal($0))" } }
        if service == .s3 { arguments += ["URL_STYLE '\(isPathStyle ? "path" : "vhost")'", "USE_SSL \(usesTLS)"] }
        if allowsInvalidCertificates { arguments.append("VERIFY_SSL false") }
        return "CREATE TEMPORARY SECRET \(name) (\(arguments.joined(separator: ", ")))"
    }
}
