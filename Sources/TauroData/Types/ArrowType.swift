/// The type of a column: every type of the Arrow format.
///
/// Source: https://arrow.apache.org/docs/format/Columnar.html.
public indirect enum ArrowType: Sendable, Hashable {
    case null
    case bool
    case int8
    case uint8
    case int16
    case uint16
    case int32
    case uint32
    case int64
    case uint64
    case float16
    case float32
    case float64
    /// A fixed-point number of `bitWidth` 32, 64, 128 or 256 bits.
    case decimal(precision: Int, scale: Int, bitWidth: Int)
    case utf8
    case largeUTF8
    case utf8View
    case binary
    case largeBinary
    case binaryView
    /// Values of `byteWidth` bytes each.
    case fixedSizeBinary(byteWidth: Int)
    /// Days since 1970-01-01, 32 bits.
    case date32
    /// Milliseconds since 1970-01-01, whole days, 64 bits.
    case date64
    /// Time of day; 32 bits for seconds and milliseconds, else 64.
    case time(TimeUnit)
    /// Units since 1970-01-01T00:00, 64 bits; without a zone the value is a wall clock's.
    case timestamp(TimeUnit, zone: String?)
    /// Elapsed units, 64 bits.
    case duration(TimeUnit)
    case interval(IntervalUnit)
    case list(Field)
    case largeList(Field)
    case listView(Field)
    case largeListView(Field)
    case fixedSizeList(Field, size: Int)
    case structure([Field])
    /// A list of entries, each a structure of key and value.
    case map(entries: Field, keysSorted: Bool)
    case union(UnionMode, codes: [Int8], fields: [Field])
    case dictionary(index: ArrowType, values: ArrowType, ordered: Bool)
    case runEndEncoded(runEnds: Field, values: Field)
}

/// The unit of a time type; raw values are the letters of the format string.
public enum TimeUnit: Character, Sendable, Hashable {
    case second = "s"
    case millisecond = "m"
    case microsecond = "u"
    case nanosecond = "n"

    /// The unit's usual sign: s, ms, us or ns.
    public var sign: String { self == .second ? "s" : "\(rawValue)s" }
}

/// The parts of an interval; raw values are the letters of the format string.
public enum IntervalUnit: Character, Sendable, Hashable {
    case months = "M"
    case dayTime = "D"
    case monthDayNano = "n"
}

/// How a union keeps its values; raw values are the letters of the format string.
public enum UnionMode: Character, Sendable, Hashable {
    case dense = "d"
    case sparse = "s"
}
