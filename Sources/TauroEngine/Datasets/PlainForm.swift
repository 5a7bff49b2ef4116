import TauroModel

/// How values of an SQL type lie in csv and json files, which have few types of their own.
///
/// Lists, structs and maps lie in csv as JSON; decimals that a double can not hold, and bytes, lie in json as text.
struct PlainForm {
    private let type: String
    private let format: BulkFormat

    init(_ type: String, in format: BulkFormat) {
        self.type = type
        self.format = format
    }

    /// What a column is written as; nil for the column itself.
    func written(_ column: String) -> String? {
        if format == .csv { return isNested ? "to_json(\(column))" : nil }
        guard format == .json, isDecimal else { return nil }
        let read = "TRY_CAST(CAST(CAST(CAST(\(column) AS VARCHAR) AS DOUBLE) AS VARCHAR) AS \(type))"
        return "CASE WHEN \(read) = \(column) THEN to_json(\(column)) ELSE to_json(CAST(\(column) AS VARCHAR)) END"
    }

    /// The type that a column is read with.
    var readType: String {
        switch format {
        case .csv: isNested ? "VARCHAR" : type
        case .json: isDecimal ? "VARCHAR" : withoutBytes
        default: type
        }
    }

    /// The value of a column that was read with `readType`; nil for the column itself.
    func read(_ column: String) -> String? {
        switch format {
        case .csv where isNested: "CAST(CAST(CAST(\(column) AS JSON) AS \(withoutBytes)) AS \(type))"
        case .json where readType != type: "CAST(\(column) AS \(type))"
        case .parquet where type == PlainForm.fineTime: "CAST(\(column) AS \(type))"
        default: nil
        }
    }

    /// The type of times that parquet files hold as text.
    private static let fineTime = "TIME_NS"

    private var isNested: Bool { type.hasSuffix("]") || type.hasPrefix("STRUCT(") || type.hasPrefix("MAP(") }

    private var isDecimal: Bool { type.hasPrefix("DECIMAL(") && !isNested }

    /// The type with text for bytes, which JSON has no type for.
    private var withoutBytes: String {
        let pieces = type.split(separator: "\"", omittingEmptySubsequences: false)
        // Every second piece is inside quotes, where names are.
        return pieces.enumerated().map {
            $0.offset % 2 == 0 ? String($0.element).replacing("BLOB", with: "VARCHAR") : String($0.element)
        }
        .joined(separator: "\"")
    }
}

/// The columns of files that the house itself stored, with SQL types.
package struct StoredColumns: Sendable {
    /// In the files' order, without those that name directories.
    package let columns: [(name: String, type: String)]
    /// Whether the files have no others.
    package let areAll: Bool

    package init(_ columns: [(name: String, type: String)], areAll: Bool) {
        self.columns = columns
        self.areAll = areAll
    }

    /// What a reader is told of all columns: `{'name': 'TYPE', …}`.
    func types(in format: BulkFormat) -> String {
        let types = columns.map { "\(literal($0.name)): \(literal(PlainForm($0.type, in: format).readType))" }
        return "{\(types.joined(separator: ", "))}"
    }
}
