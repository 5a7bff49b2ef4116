import TauroData
import TauroModel

/// A few rows that break a promise, as texts.
struct CheckSamples {
    /// How many rows are shown.
    static let rows = 3
    /// How many columns of them: those of the check first.
    static let columns = 8
    /// How much of a value, in characters.
    static let characters = 40

    let frame: Frame
    let columns: CheckedColumns
    let sql: any SQLRunner
    let cancellation: CancellationToken

    /// The rows for a probe.
    func find(_ source: CheckProbe.SampleSource, about named: [String]) throws -> [[CheckResult.SampleValue]] {
        let shown = shownColumns(named)
        let list = shown.map { Self.text(of: $0.identifier) }.joined(separator: ", ")
        let condition =
            switch source {
            case .rows(let condition): condition
            case .repeated(let columns): Self.areRepeated(columns)
            }
        let query = "SELECT \(list) FROM dataset WHERE \(condition) LIMIT \(Self.rows)"
        return try read(query, names: shown.map(\.name))
    }

    /// The first rows of a query that finds what breaks a promise.
    func find(query: String) throws -> [[CheckResult.SampleValue]] {
        let found = try run("SELECT * FROM (\(query)\n) LIMIT 0").schema().fields.prefix(Self.columns).map(\.name)
        let list = found.map { Self.text(of: SQLText.identifier($0)) }.joined(separator: ", ")
        return try read("SELECT \(list) FROM (\(query)\n) LIMIT \(Self.rows)", names: Array(found))
    }

    /// A value on one line, cut where it is long.
    private static func text(of column: String) -> String {
        let text = "regexp_replace(CAST(\(column) AS VARCHAR), '[[:cntrl:]]', ' ', 'g')"
        return "CASE WHEN length(\(text)) > \(characters) THEN left(\(text), \(characters)) || '…' ELSE \(text) END"
    }

    private static func areRepeated(_ columns: [String]) -> String {
        let isWhole = columns.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        let tuple = columns.count == 1 ? columns[0] : "row(\(columns.joined(separator: ", ")))"
        return "\(isWhole) AND \(tuple) IN (SELECT \(tuple) FROM dataset WHERE \(isWhole) GROUP BY "
            + "\(columns.joined(separator: ", ")) HAVING count(*) > 1)"
    }

    private func shownColumns(_ named: [String]) -> [CheckedColumns.Column] {
        let own = named.compactMap { columns[$0] }
        let names = Set(own.map(\.name))
        return Array((own + columns.all.filter { !names.contains($0.name) }).prefix(Self.columns))
    }

    private func run(_ text: String) throws -> Frame {
        try sql.run(SQLStatement(text: text, tables: [("dataset", frame)]), cancellation: cancellation)
    }

    private func read(_ query: String, names: [String]) throws -> [[CheckResult.SampleValue]] {
        let stream = try run(query).stream()
        var rows: [[CheckResult.SampleValue]] = []
        while let batch = try stream.next() {
            let texts = try names.indices.map { try batch.column(at: $0).values(as: String.self).map(\.self) }
            for row in 0..<batch.rowCount {
                rows.append(
                    zip(names, texts).map { CheckResult.SampleValue(column: $0, text: $1[row]) }
                )
            }
        }
        return rows
    }
}
