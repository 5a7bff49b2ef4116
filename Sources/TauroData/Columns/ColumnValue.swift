/// A Swift type that columns can be read as and built from.
public protocol ColumnValue: Sendable {
    /// The type of a column built without naming one.
    static var arrowType: ArrowType { get }
    /// The column types this reads, in words.
    static var readableTypes: String { get }
    /// Whether a column of `type` can be read as this.
    static func reads(_ type: ArrowType) -> Bool
    /// The value at `row`, which is not null.
    static func read(_ buffers: ColumnBuffers, at row: Int) -> Self
    /// Appends a value, or room for a null.
    static func append(_ value: Self?, to storage: inout BuilderStorage)
}

/// A value that lies in memory as it is.
public protocol FixedWidthColumnValue: ColumnValue, BitwiseCopyable {
    /// What stands in memory at a null.
    static var placeholder: Self { get }
}

extension FixedWidthColumnValue {
    /// Loads the value.
    @inlinable
    public static func read(_ buffers: ColumnBuffers, at row: Int) -> Self { buffers.fixed(row, as: Self.self) }

    /// Stores the value.
    @inlinable
    public static func append(_ value: Self?, to storage: inout BuilderStorage) {
        storage.values.append(value ?? placeholder)
    }

    /// The types as their own names.
    public static var readableTypes: String { "\(arrowType)" }

    /// Only the type of its own name.
    public static func reads(_ type: ArrowType) -> Bool { type == arrowType }
}

extension Int8: FixedWidthColumnValue {
    /// int8.
    public static var arrowType: ArrowType { .int8 }
    /// Zero.
    @inlinable public static var placeholder: Int8 { 0 }
}

extension UInt8: FixedWidthColumnValue {
    /// uint8.
    public static var arrowType: ArrowType { .uint8 }
    /// Zero.
    @inlinable public static var placeholder: UInt8 { 0 }
}

extension Int16: FixedWidthColumnValue {
    /// int16.
    public static var arrowType: ArrowType { .int16 }
    /// Zero.
    @inlinable public static var placeholder: Int16 { 0 }
}

extension UInt16: FixedWidthColumnValue {
    /// uint16.
    public static var arrowType: ArrowType { .uint16 }
    /// Zero.
    @inlinable public static var placeholder: UInt16 { 0 }
}

extension UInt32: FixedWidthColumnValue {
    /// uint32.
    public static var arrowType: ArrowType { .uint32 }
    /// Zero.
    @inlinable public static var placeholder: UInt32 { 0 }
}

extension UInt64: FixedWidthColumnValue {
    /// uint64.
    public static var arrowType: ArrowType { .uint64 }
    /// Zero.
    @inlinable public static var placeholder: UInt64 { 0 }
}

extension Float: FixedWidthColumnValue {
    /// float32.
    public static var arrowType: ArrowType { .float32 }
    /// Zero.
    @inlinable public static var placeholder: Float { 0 }
}

extension Double: FixedWidthColumnValue {
    /// float64.
    public static var arrowType: ArrowType { .float64 }
    /// Zero.
    @inlinable public static var placeholder: Double { 0 }
}

extension Int32: FixedWidthColumnValue {
    /// int32.
    public static var arrowType: ArrowType { .int32 }
    /// Zero.
    @inlinable public static var placeholder: Int32 { 0 }
    /// What counts in 32 bits.
    public static var readableTypes: String { "int32, date32 (days since 1970) and time(s|ms)" }

    /// Numbers, days and times of day in 32 bits.
    public static func reads(_ type: ArrowType) -> Bool {
        [.int32, .date32, .time(.second), .time(.millisecond), .interval(.months)].contains(type)
    }
}

extension Int64: FixedWidthColumnValue {
    /// int64.
    public static var arrowType: ArrowType { .int64 }
    /// Zero.
    @inlinable public static var placeholder: Int64 { 0 }
    /// What counts in 64 bits.
    public static var readableTypes: String { "int64, timestamp, duration, date64 and time(us|ns), in the type's unit" }

    /// Numbers, times and durations in 64 bits, in the type's unit.
    public static func reads(_ type: ArrowType) -> Bool {
        switch type {
        case .int64, .timestamp, .duration, .date64, .time(.microsecond), .time(.nanosecond): true
        default: false
        }
    }
}

extension Int128: FixedWidthColumnValue {
    /// The widest decimal without a fraction.
    public static var arrowType: ArrowType { .decimal(precision: 38, scale: 0, bitWidth: 128) }
    /// Zero.
    @inlinable public static var placeholder: Int128 { 0 }
    /// Decimals of 128 bits.
    public static var readableTypes: String { "decimal128, as a multiple of the type's smallest step" }

    /// Decimals of 128 bits, whatever their scale.
    public static func reads(_ type: ArrowType) -> Bool {
        if case .decimal(_, _, 128) = type { true } else { false }
    }
}

extension Bool: ColumnValue {
    /// bool.
    public static var arrowType: ArrowType { .bool }
    /// bool.
    public static var readableTypes: String { "bool" }

    /// Only bool.
    public static func reads(_ type: ArrowType) -> Bool { type == .bool }

    /// Reads one bit.
    @inlinable
    public static func read(_ buffers: ColumnBuffers, at row: Int) -> Bool { buffers.flag(row) }

    /// Stores one bit.
    @inlinable
    public static func append(_ value: Bool?, to storage: inout BuilderStorage) {
        storage.values.appendBit(value ?? false, at: storage.count)
    }
}

extension String: ColumnValue {
    /// utf8.
    public static var arrowType: ArrowType { .utf8 }
    /// The three layouts of text.
    public static var readableTypes: String { "utf8, large_utf8 and utf8_view" }

    /// Text in any layout.
    public static func reads(_ type: ArrowType) -> Bool { [.utf8, .largeUTF8, .utf8View].contains(type) }

    /// Copies the text; bytes that are no UTF-8 are repaired.
    @inlinable
    public static func read(_ buffers: ColumnBuffers, at row: Int) -> String {
        String(decoding: buffers.bytes(row), as: UTF8.self)
    }

    /// Stores the text as UTF-8.
    @inlinable
    public static func append(_ value: String?, to storage: inout BuilderStorage) {
        guard var value else { return storage.appendBytes(UnsafeRawBufferPointer(start: nil, count: 0)) }
        value.withUTF8 { storage.appendBytes(UnsafeRawBufferPointer($0)) }
    }
}

extension [UInt8]: ColumnValue {
    /// binary.
    public static var arrowType: ArrowType { .binary }
    /// Bytes and text, in any layout of variable length.
    public static var readableTypes: String { "binary, large_binary, binary_view and text" }

    /// Bytes and text, in any layout of variable length.
    public static func reads(_ type: ArrowType) -> Bool {
        String.reads(type) || [.binary, .largeBinary, .binaryView].contains(type)
    }

    /// Copies the bytes.
    @inlinable
    public static func read(_ buffers: ColumnBuffers, at row: Int) -> [UInt8] { Array(buffers.bytes(row)) }

    /// Stores the bytes.
    @inlinable
    public static func append(_ value: [UInt8]?, to storage: inout BuilderStorage) {
        guard let value else { return storage.appendBytes(UnsafeRawBufferPointer(start: nil, count: 0)) }
        value.withUnsafeBytes { storage.appendBytes($0) }
    }
}
