/// A text in a vector of DuckDB's: 16 bytes, the length first, then the bytes with zeros behind them, or of more than twelve
/// where they are.
///
/// Valid no longer than the vector. Source of the layout: https://duckdb.org/docs/stable/clients/c/vector, `duckdb_string_t`.
struct DuckDBText {
    private let place: UnsafeRawPointer
    /// How many bytes it has.
    let count: Int

    private static let longestInline = 12

    /// The text of a row, which is not null.
    @inline(__always)
    init(in values: UnsafeRawPointer, row: Int) {
        place = values + row * 16
        count = Int(place.load(as: UInt32.self))
    }

    @inline(__always)
    var bytes: UnsafeRawBufferPointer {
        let isInline = count <= DuckDBText.longestInline
        let start = isInline ? place + 4 : place.load(fromByteOffset: 8, as: UnsafeRawPointer.self)
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    /// The first eight bytes of a text of at most twelve, the first in the lowest.
    @inline(__always)
    var firstEight: UInt64 { place.loadUnaligned(fromByteOffset: 4, as: UInt64.self) }

    /// The four bytes behind those.
    @inline(__always)
    var bytesEightToTwelve: UInt64 { UInt64(place.load(fromByteOffset: 12, as: UInt32.self)) }

    var string: String { String(decoding: bytes, as: UTF8.self) }
}
