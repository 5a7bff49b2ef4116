import Synchronization
import TauroData
import TauroModel

/// A column of csv or json files whose values are looked at before they get its type.
struct CheckedColumn: Hashable, Sendable {
    let name: String
    /// As DuckDB writes it.
    let type: String
    /// Whether the type was found by a look at the first rows, and not declared.
    let isFound: Bool
    let format: BulkFormat
    let files: [String]
    /// Whether the files are read as patterns, in which signs of patterns are escaped.
    let arePatterns: Bool
    /// The other arguments of the reader, with which the column is text.
    let arguments: [String]

    /// The number of the first row of a file that holds a text in the column, from 1.
    func query(for text: String, in file: String) -> String {
        let path = literal(arePatterns ? literalGlob(file) : file)
        let reader = "read_\(format.rawValue)(\(([path] + arguments).joined(separator: ", ")))"
        // json has texts in quotes.
        let texts = [text] + (format == .json ? ["\"\(text)\""] : [])
        return """
            SELECT min(place) FROM (SELECT row_number() OVER () AS place, CAST(\(identifier(name)) AS VARCHAR) AS text \
            FROM \(reader)) WHERE text IN (\(texts.map { literal($0) }.joined(separator: ", ")))
            """
    }

    /// The error that a text is in the column that is no value of it.
    func refusal(of text: String, place: (file: String, row: Int64)?) -> String {
        let why = isFound ? "as the column's first rows are" : "the column's type"
        let shown = text.count > 80 ? text.prefix(77) + "…" : text[...]
        let site = place.map { "\($0.file), row \($0.row)" } ?? files.joined(separator: ", ")
        return """
            \(site): '\(shown)' in column '\(name)' is no \(type), \(why)
            Correct the row, or declare a type for the column that takes it, for example schema: {\(name): VARCHAR}.
            """
    }
}

/// The columns that running queries check, by the number that the queries hold.
///
/// Safe from any thread.
final class CheckedColumns: Sendable {
    private let known = Mutex<(list: [CheckedColumn], numbers: [CheckedColumn: Int64])>(([], [:]))

    subscript(number: Int64) -> CheckedColumn? {
        known.withLock { known in known.list.indices.contains(Int(number)) ? known.list[Int(number)] : nil }
    }

    /// The number of a column, the same for equal ones.
    func number(of column: CheckedColumn) -> Int64 {
        known.withLock { known in
            if let number = known.numbers[column] { return number }
            let number = Int64(known.list.count)
            known.list.append(column)
            known.numbers[column] = number
            return number
        }
    }
}

extension DuckDBDatabase {
    /// The error of a text that was refused, with its place: found by reading the file once more up to its end.
    func refusal(of text: String, inColumn number: Int64) -> String {
        guard let column = checkedColumns[number] else { return "'\(text)' is no value of its column" }
        for file in column.files {
            guard let row = try? firstRow(column.query(for: text, in: file)) else { continue }
            return column.refusal(of: text, place: (file, row))
        }
        return column.refusal(of: text, place: nil)
    }

    private func firstRow(_ query: String) throws -> Int64? {
        let token = CancellationToken()
        let result = try connect().prepare(query).run(cancellation: token)
        let stream = try QueryStream(result, leases: [], cancellation: token)
        return try stream.next()?.column(at: 0).values(as: Int64.self).first.flatMap { $0 }
    }
}
