import TauroBasics
import TauroModel

/// Directories `name=value`, which hold a column's value in their name.
///
/// Source: Apache Hive's layout of partitioned tables, as Spark, Arrow and DuckDB write it.
enum HiveDirectory {
    /// The name of a directory of rows that have no value.
    static let nullValue = "__HIVE_DEFAULT_PARTITION__"

    /// Whether a directory of this name holds rows with one value of a column.
    static func isOne(_ name: String) -> Bool { column(name) != nil }

    /// The names of the columns that the directories of `path` hold, outermost first.
    static func columns(in path: some StringProtocol) -> [String] {
        path.split(separator: "/").compactMap { column(String($0)) }
    }

    /// The values that the directories of `path` hold, outermost first; nil for none.
    static func values(in path: String) -> [String?] {
        path.split(separator: "/").compactMap { part -> String?? in
            guard let equals = part.firstIndex(of: "="), isOne(String(part)) else { return .none }
            let value = PercentEncoding.decode(part[part.index(after: equals)...])
            return .some(value == nullValue ? nil : value)
        }
    }

    /// The innermost directories `name=value` below a directory, relative to it.
    static func leaves(below directory: String) throws -> [String] {
        try FileSystem.list(directory).filter(isOne).filter { FileSystem.isDirectory(FilePath.join(directory, $0)) }
            .flatMap { name in
                let inner = try leaves(below: FilePath.join(directory, name))
                return inner.isEmpty ? [name] : inner.map { FilePath.join(name, $0) }
            }
    }

    /// The name of a directory in a form that no reader takes for one of rows without a value.
    ///
    /// DuckDB writes the text `null` plainly, and reads that, in any case, as no value.
    static func unmistakable(_ name: String) -> String {
        guard let equals = name.firstIndex(of: "=") else { return name }
        let value = name[name.index(after: equals)...]
        guard value.lowercased() == "null", let first = value.utf8.first else { return name }
        return "\(name[...equals])%\(String(first, radix: 16, uppercase: true))\(value.dropFirst())"
    }

    /// The way of directories to rows that have no value in any of the columns.
    static func nullPath(of columns: [String]) -> String {
        columns.map { "\(encoded($0))=\(nullValue)" }.joined(separator: "/")
    }

    /// The columns that divide files into directories below `base`; empty where they lie in no such directory.
    ///
    /// - Throws: `DatasetError` where files lie in different kinds of directories, or `base` itself in such a one.
    static func partition(of files: [String], below base: String, _ dataset: DatasetDefinition) throws -> [String] {
        let folders = Set(files.map { FilePath.parent($0) })
        let kinds = Set(folders.map { columns(in: $0.dropFirst(base.count)) })
        guard let columns = kinds.first, kinds != [[]] else { return [] }
        guard kinds.count == 1 else {
            let found = kinds.map { $0.isEmpty ? "none" : $0.joined(separator: "/") }.sorted()
            throw DatasetError(
                .unreadable,
                "Dataset '\(dataset.id)': files below \(base) lie in different partitions: \(found.joined(separator: ", "));"
                    + " every file must lie in directories of the same columns"
            )
        }
        if let outer = HiveDirectory.columns(in: base).first {
            throw DatasetError(
                .unreadable,
                "Dataset '\(dataset.id)': \(base) lies itself in a directory '\(outer)=…', which would be taken for a"
                    + " column; read the dataset from above that directory, or move it"
            )
        }
        return columns
    }

    private static func column(_ name: String) -> String? {
        guard let equals = name.firstIndex(of: "="), equals != name.startIndex, !name.hasPrefix(".") else { return nil }
        return PercentEncoding.decode(name[..<equals])
    }

    /// DuckDB encodes every byte but letters, digits, `_`, `-` and `.`.
    private static func encoded(_ text: String) -> String { PercentEncoding.encode(text, plain: "_-.") }
}
