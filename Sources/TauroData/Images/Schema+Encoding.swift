extension Schema {
    /// The schema as bytes, which `init(decoding:)` reads back.
    ///
    /// Numbers have 32 bits in this machine's byte order; a text is its size and its UTF-8. A table is its metadata
    /// and its fields; metadata and fields each begin with their number. A field is its name, its flags, its metadata
    /// and its type; a type is its format string of the Arrow C data interface, its flags, its child fields, and for
    /// a dictionary the type of its values.
    package func encoded() -> [UInt8] {
        var writer = SchemaWriter()
        writer.append(metadata)
        writer.append(fields)
        return writer.bytes
    }

    /// Reads what `encoded()` wrote, trusting none of it.
    ///
    /// - Throws: `ArrowError` with the code `.malformed`, naming the byte where reading stopped.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(ArrowError) {
        var reader = SchemaReader(bytes)
        let metadata = try reader.metadata()
        let fields = try reader.fields(depth: 1)
        try reader.finish()
        self.init(fields, metadata: metadata)
    }
}

/// What an encoded field or type says beside, as bits.
enum SchemaFlags {
    static let nullable: UInt8 = 1
    static let sortedKeys: UInt8 = 1
    static let dictionary: UInt8 = 2
    static let orderedDictionary: UInt8 = 4
}

private struct SchemaWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ fields: [Field]) {
        append(fields.count)
        for field in fields {
            append(field.name)
            bytes.append(field.isNullable ? SchemaFlags.nullable : 0)
            append(field.metadata)
            append(field.type)
        }
    }

    mutating func append(_ metadata: [String: String]) {
        append(metadata.count)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            append(key)
            append(value)
        }
    }

    private mutating func append(_ type: ArrowType) {
        append(type.format)
        switch type {
        case .dictionary(_, let values, let ordered):
            bytes.append(SchemaFlags.dictionary | (ordered ? SchemaFlags.orderedDictionary : 0))
            append([Field]())
            append(values)
        case .map(_, let sorted):
            bytes.append(sorted ? SchemaFlags.sortedKeys : 0)
            append(type.childFields)
        default:
            bytes.append(0)
            append(type.childFields)
        }
    }

    private mutating func append(_ text: String) {
        append(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ number: Int) {
        withUnsafeBytes(of: UInt32(number)) { bytes.append(contentsOf: $0) }
    }
}
