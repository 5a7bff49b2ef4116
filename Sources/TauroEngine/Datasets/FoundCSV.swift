import TauroModel

/// How csv files are read that others wrote: their delimiter is what divides the first line, every row has as many fields
/// as it, and no value changes by the type that the first rows have.
struct FoundCSV {
    let look: FoundColumns
    private var request: ReadRequest { look.request }

    /// The `SELECT` that reads them.
    func query() throws -> String {
        let line = try firstLine()
        let delimiter = line.flatMap(FoundCSV.delimiter)
        let stated = try request.csvArguments(delimiter: delimiter)
        // An empty file has no types that could be found out.
        if line == "", request.files.count == 1 { return try request.query(stated) }
        do {
            let dialect = try dialect(stated)
            if let dialect, request.files.count == 1, request.partition.isEmpty {
                return try query(dialect, stated)
            }
            return try query(delimiter, stated, dialect)
        } catch let error as SQLError where error.code != .cancelled {
            throw try lineError(delimiter) ?? error
        }
    }

    private func query(_ dialect: CSVDialect, _ stated: [String]) throws -> String {
        let checks = checks(of: dialect.columns, dialect)
        let textual = dialect.columns.map { column in
            (name: column.name, type: checks[column.name] == nil ? column.type : "VARCHAR")
        }
        let arguments = try request.csvArguments(dialect, columns: textual)
        return try request.query(arguments, expressions: expressions(of: dialect.columns, checks, arguments))
    }

    /// Of several files each is looked at, whenever they are read; their columns are united by name.
    private func query(_ delimiter: Character?, _ stated: [String], _ dialect: CSVDialect?) throws -> String {
        let columns = try look.columns(of: "SELECT * FROM \(request.reader(stated))").filter { column in
            !request.partition.contains { $0.name.lowercased() == column.name.lowercased() }
        }
        let checks = checks(of: columns, dialect)
        let types =
            columns.filter { checks[$0.name] != nil }.map { (name: $0.name, type: "VARCHAR") }
            + request.columns.filter { checks[$0.name] == nil }
        let arguments = try request.csvArguments(delimiter: delimiter, types: types)
        return try request.query(arguments, expressions: expressions(of: columns, checks, arguments))
    }

    /// The columns that are read as text and looked at, by their names.
    private func checks(
        of columns: [(name: String, type: String)],
        _ dialect: CSVDialect?
    ) -> [String: PlainText] {
        let hasFormat = { (name: String) in request.options[name] != nil || dialect?.formats[name] != nil }
        let pairs = columns.compactMap { column -> (String, PlainText)? in
            switch PlainText(keeping: column.type) {
            case let kind? where kind == .integer || kind == .int64: (column.name, kind)
            // A format takes nothing else, so its reader looks itself.
            case .date? where dialect != nil && !hasFormat("dateformat"): (column.name, .date)
            case .moment? where dialect != nil && !hasFormat("timestampformat"): (column.name, .moment)
            default: nil
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private func expressions(
        of columns: [(name: String, type: String)],
        _ checks: [String: PlainText],
        _ arguments: [String]
    ) -> [(name: String, expression: String)] {
        columns.compactMap { column in
            guard let kind = checks[column.name] else { return nil }
            let value = look.checked(column, as: kind, text: identifier(column.name), arguments: arguments)
            return (column.name, value)
        }
    }

    /// What the first file's first rows say; nil where they say something unexpected.
    private func dialect(_ stated: [String]) throws -> CSVDialect? {
        let arguments = [literal(request.escapingGlob(request.files[0]))] + stated
        let query =
            "SELECT CAST(to_json(found) AS VARCHAR) FROM sniff_csv(\(arguments.joined(separator: ", "))) AS found"
        return try look.text(of: query).flatMap { CSVDialect(json: $0) }
    }

    /// The first file's; empty where it has none, nil where it can not be had, for which reading the rows says why.
    private func firstLine() throws -> String? {
        let arguments = [literal(request.escapingGlob(request.files[0]))] + (try request.csvLineArguments())
        let query = "SELECT line FROM read_csv(\(arguments.joined(separator: ", "))) LIMIT 1"
        do { return try look.text(of: query) ?? "" } catch { return nil }
    }

    /// The sign that divides a line, as DuckDB knows them; nil where two divide it into as many fields.
    private static func delimiter(of line: String) -> Character? {
        var isQuoted = false
        var counts: [Character: Int] = [:]
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, ",|;\t".contains(character) { counts[character, default: 0] += 1 }
        }
        guard !isQuoted, let most = counts.values.max() else { return isQuoted ? nil : "," }
        let signs = counts.filter { $0.value == most }
        return signs.count == 1 ? signs.first?.key : nil
    }

    private func statedDelimiter() -> Character? {
        if case .string(let text)? = request.options["delimiter"], text.count == 1 { text.first } else { nil }
    }

    /// The error of the first line that has too many or too few fields, where that is why nothing could be found out: looking
    /// does not say which line it is, reading does.
    private func lineError(_ delimiter: Character?) throws -> SQLError? {
        guard let delimiter = statedDelimiter() ?? delimiter, let line = try firstLine() else { return nil }
        let count = line.split(separator: delimiter, omittingEmptySubsequences: false).count
        let types = (0..<count).map { "'column\($0)': 'VARCHAR'" }.joined(separator: ", ")
        let arguments =
            try request.csvArguments(delimiter: delimiter, types: [])
            + ["auto_detect = false", "columns = {\(types)}"]
        do {
            _ = try look.text(of: "SELECT CAST(count(*) AS VARCHAR) FROM \(request.reader(arguments))")
            return nil
        } catch let error as SQLError {
            return error
        }
    }
}
