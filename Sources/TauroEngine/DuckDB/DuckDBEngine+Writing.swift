import Glibc
import TauroBasics
import TauroData
package import TauroModel

extension DuckDBEngine {
    package func write(
        _ frame: Frame,
        _ request: WriteRequest,
        cancellation: CancellationToken
    ) throws -> WriteReceipt {
        let copy = try request.statement(from: "rows")
        return try permits.write { try write(frame, copy, request, cancellation) }
    }

    private func write(
        _ frame: Frame,
        _ copy: String,
        _ request: WriteRequest,
        _ cancellation: CancellationToken
    ) throws -> WriteReceipt {
        try interruptible(cancellation) { connection in
            let leases = try connection.createView("rows", of: frame, cancellation)
            defer { extendLifetime(leases) }
            if request.describesFiles { return try described(copy, on: connection, cancellation) }
            let stream = try QueryStream(
                try connection.prepare(copy).run(cancellation: cancellation),
                leases: [],
                cancellation: cancellation
            )
            let rows = try stream.next()?.column("Count", as: Int64.self).first.flatMap { $0 }
            var status = stat()
            guard stat(request.file, &status) == 0 else {
                throw SQLError(
                    .io,
                    "\(request.file) is not there after it was written: \(String(cString: strerror(errno)))"
                )
            }
            return WriteReceipt(rows: rows ?? 0, bytes: Int64(status.st_size))
        }
    }

    package func storesUnread(_ frame: Frame) throws -> Bool {
        guard case .source(let source as any SelectSource) = frame.content else { return false }
        return try source.keepsTypes()
    }

    /// Runs a `COPY` that returns a row for each file it made.
    private func described(
        _ copy: String,
        on connection: DuckDBConnection,
        _ cancellation: CancellationToken
    ) throws -> WriteReceipt {
        let made = try collect(try connection.prepare(copy), leases: [], nil, cancellation)
        let text = """
            SELECT filename, CAST("count" AS BIGINT) AS rows, CAST(file_size_bytes AS BIGINT) AS bytes, \
            CAST(to_json(column_statistics) AS VARCHAR) AS columns, CAST(to_json(partition_keys) AS VARCHAR) AS keys \
            FROM made
            """
        let stream = try run(SQLStatement(text: text, tables: [("made", made)]), cancellation: cancellation)
            .stream(cancellation: cancellation)
        var files: [WrittenFile] = []
        while let batch = try stream.next() { files += try WrittenFile.all(in: batch) }
        return WriteReceipt(
            rows: files.reduce(0) { $0 + $1.rows },
            bytes: files.reduce(0) { $0 + $1.bytes },
            files: files
        )
    }
}

extension WrittenFile {
    fileprivate static func all(in batch: RecordBatch) throws -> [WrittenFile] {
        let paths = try batch.column("filename", as: String.self)
        let (rows, bytes) = (try batch.column("rows", as: Int64.self), try batch.column("bytes", as: Int64.self))
        let columns = try batch.column("columns", as: String.self)
        let keys = try batch.column("keys", as: String.self)
        return try (0..<batch.rowCount).map { row in
            WrittenFile(
                path: paths[row] ?? "",
                rows: rows[row] ?? 0,
                bytes: bytes[row] ?? 0,
                partition: texts(try keys[row].map { try JSONValue(parsing: $0) }),
                columns: summaries(try columns[row].map { try JSONValue(parsing: $0) })
            )
        }
    }

    private static func texts(_ object: JSONValue?) -> [String: String?] {
        guard case .object(let members)? = object else { return [:] }
        return Dictionary(members.map { ($0.key, text($0.value)) }) { first, _ in first }
    }

    private static func summaries(_ object: JSONValue?) -> [String: Summary] {
        guard case .object(let members)? = object else { return [:] }
        let known = members.compactMap { member in
            name(quoted: member.key).map { name in
                let summary = Summary(
                    least: text(member.value["min"]),
                    greatest: text(member.value["max"]),
                    nullCount: text(member.value["null_count"]).flatMap { Int64($0) },
                    hasNaN: text(member.value["has_nan"]) == "true"
                )
                return (name, summary)
            }
        }
        return Dictionary(known) { first, _ in first }
    }

    private static func text(_ value: JSONValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }

    /// The name of a column as SQL quotes it; nil for the way to a value in a nested column.
    private static func name(quoted text: String) -> String? {
        let inner = String(text.dropFirst().dropLast())
        let name = inner.replacing("\"\"", with: "\"")
        return text.hasPrefix("\"") && "\"\(name.replacing("\"", with: "\"\""))\"" == text ? name : nil
    }
}
