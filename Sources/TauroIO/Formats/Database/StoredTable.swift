import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// A table that rows are stored in: what it has, and how new rows fit.
struct StoredTable {
    /// How rows go in, or why they do not.
    enum Fit {
        case fits(ColumnConversion)
        case differs([String])
    }

    private struct Column {
        let field: Field
        /// SQLite's own word for it, in capitals.
        let made: String
    }

    private let settings: DatabaseSettings
    private let engine: any Engine
    private let columns: [Column]

    /// Looks at a table that is there.
    init(_ table: DatabaseTable, _ settings: DatabaseSettings, engine: any Engine, on connection: ADBCConnection) throws
    {
        self.settings = settings
        self.engine = engine
        if settings.dialect == .sqlite {
            columns = try SQLiteColumns(table, on: connection).all.map {
                Column(field: Field($0.name, .null), made: $0.type.uppercased())
            }
        } else {
            let head = try connection.query("SELECT * FROM \(table.quoted) WHERE 1 = 0")
            columns = head.schema.fields.map { Column(field: $0, made: "") }
        }
    }

    /// Whether rows with these columns fit, and how they are converted.
    func fit(_ schema: Schema) -> Fit {
        var problems: [String] = []
        var expressions: [(name: String, expression: String)] = []
        for field in schema.fields {
            guard let column = columns.first(where: { $0.field.name == field.name }) else {
                problems.append("column '\(field.name)' is not among those of the table")
                continue
            }
            let name = SQLText.identifier(field.name)
            guard let expression = expression(name, field.type, column) else {
                problems.append("column '\(field.name)' is \(words(column)), the new rows have \(field.type)")
                continue
            }
            expressions.append((field.name, expression))
        }
        let given = Set(schema.fields.map(\.name))
        problems += columns.filter { !given.contains($0.field.name) }.map { "column '\($0.field.name)' is missing" }
        if !problems.isEmpty { return .differs(problems) }
        let changes = expressions.contains { $0.expression != SQLText.identifier($0.name) }
        return .fits(ColumnConversion(engine: engine, columns: changes ? expressions : nil))
    }

    private func expression(_ name: String, _ type: ArrowType, _ column: Column) -> String? {
        switch settings.dialect {
        case .postgresql:
            return PostgreSQLType(column.field).flatMap { PostgreSQLTypes.expression(name, type, as: $0) }
        case .sqlite:
            guard SQLiteTypes.name(of: type) != nil, SQLiteTypes.fits(type, madeAs: column.made) else { return nil }
            return SQLiteTypes.expression(name, type) ?? name
        case .other:
            if column.field.type == type { return name }
            guard let new = type.sqlName, let old = column.field.type.sqlName else { return nil }
            if new == old || type == .null { return "CAST(\(name) AS \(old))" }
            let integers: Set = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT"]
            return integers.contains(new) && integers.contains(old) ? "CAST(\(name) AS \(old))" : nil
        }
    }

    private func words(_ column: Column) -> String {
        switch settings.dialect {
        case .postgresql: PostgreSQLType(column.field)?.words ?? "\(column.field.type)"
        case .sqlite: column.made.isEmpty ? "of no type" : column.made
        case .other: "\(column.field.type)"
        }
    }
}

/// A table that is made for rows.
struct NewTable {
    /// The columns after `CREATE TABLE`; nil where the driver makes them.
    let columns: String?
    let conversion: ColumnConversion

    /// - Throws: `DatasetError` that names every column that the database does not keep.
    init(for schema: Schema, _ settings: DatabaseSettings, engine: any Engine) throws(DatasetError) {
        if settings.dialect == .other {
            columns = nil
            conversion = ColumnConversion(engine: engine, columns: nil)
            return
        }
        let isSQLite = settings.dialect == .sqlite
        let made = schema.fields.map { field in
            isSQLite ? SQLiteTypes.name(of: field.type) : PostgreSQLTypes.declaration(of: field.type)
        }
        let strange = zip(schema.fields, made).filter { $0.1 == nil }.map { "column '\($0.0.name)' is \($0.0.type)" }
        if !strange.isEmpty || schema.fields.isEmpty {
            let reason = strange.isEmpty ? "it has no column" : strange.joined(separator: "; ")
            throw settings.failure(
                .unsupported,
                "a table of format \(settings.dataset.format.value) can not hold it: \(reason); return other types, for "
                    + "example text"
            )
        }
        columns = zip(schema.fields, made).map { "\(SQLText.identifier($0.0.name)) \($0.1 ?? "")" }.joined(
            separator: ", "
        )
        var changes = false
        let expressions = schema.fields.map { field -> (name: String, expression: String) in
            let name = SQLText.identifier(field.name)
            let expression =
                isSQLite ? SQLiteTypes.expression(name, field.type) : PostgreSQLTypes.expression(name, field.type)
            changes = changes || expression != nil
            return (field.name, expression ?? name)
        }
        conversion = ColumnConversion(engine: engine, columns: changes ? expressions : nil)
    }
}
