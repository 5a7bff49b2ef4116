/// Reads an encoded schema from bytes that nobody vouches for.
///
/// Takes no more memory than the bytes that are there justify.
struct SchemaReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func fields(depth: Int) throws(ArrowError) -> [Field] {
        let count = try number()
        var fields: [Field] = []
        while fields.count < count { fields.append(try field(depth: depth)) }
        return fields
    }

    mutating func metadata() throws(ArrowError) -> [String: String] {
        var entries: [String: String] = [:]
        for _ in 0..<(try number()) {
            let key = try text()
            entries[key] = try text()
        }
        return entries
    }

    func finish() throws(ArrowError) {
        if position < bytes.count { throw malformed("it ends there, but its bytes go on to \(bytes.count)") }
    }

    private mutating func field(depth: Int) throws(ArrowError) -> Field {
        guard depth < deepestNesting else { throw malformed("types are nested more than \(deepestNesting) deep") }
        let name = try text()
        let flags = try byte()
        guard flags & ~SchemaFlags.nullable == 0 else { throw malformed("a field's flags are \(flags)") }
        let metadata = try metadata()
        let type = try type(depth: depth)
        return Field(name, type, isNullable: flags & SchemaFlags.nullable != 0, metadata: metadata)
    }

    private mutating func type(depth: Int) throws(ArrowError) -> ArrowType {
        guard depth < deepestNesting else { throw malformed("types are nested more than \(deepestNesting) deep") }
        let format = try text()
        guard format.utf8.count <= 4_096 else { throw malformed("a format of \(format.utf8.count) bytes") }
        let flags = try byte()
        let known = SchemaFlags.sortedKeys | SchemaFlags.dictionary | SchemaFlags.orderedDictionary
        guard flags & ~known == 0 else { throw malformed("a type's flags are \(flags)") }
        let children = try fields(depth: depth + 1)
        let sorted = flags & SchemaFlags.sortedKeys != 0
        let type = try ArrowType(format: format, children: children, keysSorted: sorted)
        try check(type)
        guard flags & SchemaFlags.dictionary != 0 else { return type }
        guard type.isInteger else { throw malformed("a dictionary's indices are \(type)") }
        let values = try self.type(depth: depth + 1)
        return .dictionary(index: type, values: values, ordered: flags & SchemaFlags.orderedDictionary != 0)
    }

    /// What the format string does not rule out.
    private func check(_ type: ArrowType) throws(ArrowError) {
        switch type {
        case .runEndEncoded(let runEnds, _):
            guard [.int16, .int32, .int64].contains(runEnds.type) else {
                throw malformed("run ends are \(runEnds.type)")
            }
        case .union(_, let codes, _):
            guard Set(codes).count == codes.count else { throw malformed("a union names a type code twice") }
        default: break
        }
    }

    private mutating func text() throws(ArrowError) -> String {
        let count = try number()
        guard count <= bytes.count - position else {
            throw malformed("a text of \(count) bytes where \(bytes.count - position) are left")
        }
        let text = UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
        guard UTF8Check.isValid(text) else { throw malformed("a text is not valid UTF-8") }
        position += count
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func number() throws(ArrowError) -> Int {
        guard bytes.count - position >= 4 else { throw malformed("it ends in the middle") }
        defer { position += 4 }
        return Int(bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }

    private mutating func byte() throws(ArrowError) -> UInt8 {
        guard position < bytes.count else { throw malformed("it ends in the middle") }
        defer { position += 1 }
        return bytes[position]
    }

    private func malformed(_ reason: String) -> ArrowError {
        ArrowError(.malformed, "the encoded schema is malformed at byte \(position): \(reason.shortened)")
    }
}

extension ArrowType {
    /// Whether values are plain integers, as a dictionary's indices must be.
    fileprivate var isInteger: Bool {
        switch self {
        case .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64: true
        default: false
        }
    }
}
