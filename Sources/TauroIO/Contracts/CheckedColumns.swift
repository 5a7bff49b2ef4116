import TauroBasics
import TauroData
import TauroModel

/// The columns of a table by the names that checks use: upper and lower case are the same, as in SQL.
struct CheckedColumns {
    /// A column as checks see it.
    struct Column {
        let name: String
        /// Its SQL type; nil where it is not known, or SQL has none.
        let sqlType: String?

        /// Its name in a query.
        var identifier: String { SQLText.identifier(name) }
        /// What it can be compared with; nil where that is not known.
        var family: ColumnFamily? { sqlType.map(ColumnFamily.init) }
    }

    let all: [Column]
    private let places: [String: Int]

    init(_ columns: [Column]) {
        all = columns
        places = Dictionary(
            columns.enumerated().map { ($0.element.name.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The columns of a table.
    init(_ schema: Schema) {
        self.init(
            schema.fields.map { field in Column(name: field.name, sqlType: field.type.sqlName) }
        )
    }

    /// The column that a check means.
    subscript(name: String) -> Column? { places[name.lowercased()].map { all[$0] } }

    /// That there is no such column, with the nearest one.
    func missing(_ name: String) -> String {
        let nearest = NearestName.ending(NearestName.nearest(to: name, in: all.map(\.name)))
        return "there is no column '\(name)'\(nearest)"
    }
}
