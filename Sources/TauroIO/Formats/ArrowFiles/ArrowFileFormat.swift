import TauroData
import TauroEngine

/// A format that Arrow's library reads and writes, by the number that ours knows it by (`arrow_formats.h`).
enum ArrowFileFormat: Int32, Sendable {
    case orc = 1
    case ipc = 2

    /// Nil for formats that the engine reads itself.
    init?(_ format: BulkFormat) {
        switch format {
        case .arrow: self = .ipc
        case .orc: self = .orc
        case .avro, .csv, .delta, .json, .parquet: return nil
        }
    }

    /// The compression of files that do not say which.
    var usualCompression: String {
        switch self {
        case .orc: "zstd"
        case .ipc: "lz4"
        }
    }
}
