import TauroBasics

/// A part of DuckDB in a file of its own, which must have the engine's version.
enum DuckDBExtension: String, CaseIterable {
    case avro
    case delta
    case httpfs

    /// What reading a format needs besides the library.
    init?(reading format: BulkFormat) {
        switch format {
        case .avro: self = .avro
        case .delta: self = .delta
        case .arrow, .csv, .json, .orc, .parquet: return nil
        }
    }

    /// The name of its file.
    var fileName: String { "\(rawValue).duckdb_extension" }

    /// Where it may be, nearest first: in the vendor parts' directories, or beside the library.
    func candidates(directories: [String], library: String, version: String) -> [String] {
        let places = directories.map { FilePath.join($0, "duckdb") } + directories + [FilePath.parent(library)]
        let absolute = places.filter { FilePath.isAbsolute($0) }
        return absolute.map { FilePath.join($0, "extensions/\(version)/\(fileName)") }
    }
}
