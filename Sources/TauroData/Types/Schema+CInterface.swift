public import CTauro
import Glibc

/// Deepest nesting of types that is read; deeper ones are no real data.
let deepestNesting = 64

extension Schema {
    /// Reads a C schema of a table (format `+s`) without taking it over.
    ///
    /// - Throws: `ArrowError` with the code `.malformed`.
    public init(importing schema: UnsafePointer<ArrowSchema>) throws(ArrowError) {
        let table = try Field(importing: schema, depth: 0)
        guard case .structure(let fields) = table.type else {
            throw ArrowError(.malformed, "a table's schema is a struct ('+s'), but this one is \(table.type)")
        }
        self.init(fields, metadata: table.metadata)
    }

    /// A new C schema of a table with these columns; the caller owns it and calls its `release`.
    public func export() -> ArrowSchema {
        Field("", .structure(fields), isNullable: false, metadata: metadata).export()
    }
}

extension Field {
    /// Reads a C schema of one column without taking it over.
    ///
    /// - Throws: `ArrowError` with the code `.malformed`.
    public init(importing schema: UnsafePointer<ArrowSchema>) throws(ArrowError) {
        try self.init(importing: schema, depth: 0)
    }

    fileprivate init(importing pointer: UnsafePointer<ArrowSchema>, depth: Int) throws(ArrowError) {
        let schema = pointer.pointee
        guard schema.release != nil else { throw ArrowError(.malformed, "the Arrow schema was released already") }
        guard let format = schema.format, schema.n_children >= 0 else {
            throw ArrowError(.malformed, "an Arrow schema without a format, or with a negative number of children")
        }
        guard depth < deepestNesting else { throw ArrowError(.malformed, "an Arrow schema nested without end") }
        var children: [Field] = []
        for index in 0..<Int(schema.n_children) {
            guard let child = schema.children?[index] else {
                throw ArrowError(.malformed, "child \(index) of an Arrow schema is missing")
            }
            children.append(try Field(importing: child, depth: depth + 1))
        }
        let sorted = schema.flags & Int64(ARROW_FLAG_MAP_KEYS_SORTED) != 0
        var type = try ArrowType(format: String(cString: format), children: children, keysSorted: sorted)
        if let dictionary = schema.dictionary {
            let values = try Field(importing: dictionary, depth: depth + 1)
            let ordered = schema.flags & Int64(ARROW_FLAG_DICTIONARY_ORDERED) != 0
            type = .dictionary(index: type, values: values.type, ordered: ordered)
        }
        self.init(
            schema.name.map { String(cString: $0) } ?? "",
            type,
            isNullable: schema.flags & Int64(ARROW_FLAG_NULLABLE) != 0,
            metadata: decodeMetadata(schema.metadata)
        )
    }

    /// A new C schema of this column; the caller owns it and calls its `release`.
    public func export() -> ArrowSchema {
        let children = type.childFields
        var schema = ArrowSchema()
        schema.format = UnsafePointer(strdup(type.format))
        schema.name = UnsafePointer(strdup(name))
        schema.metadata = encodeMetadata(metadata)
        schema.flags = flags
        schema.n_children = Int64(children.count)
        if !children.isEmpty {
            schema.children = .allocate(capacity: children.count)
            for (index, child) in children.enumerated() {
                schema.children[index] = .allocate(capacity: 1)
                schema.children[index]?.initialize(to: child.export())
            }
        }
        if case .dictionary(_, let values, _) = type {
            schema.dictionary = .allocate(capacity: 1)
            schema.dictionary.initialize(to: Field("", values).export())
        }
        schema.release = releaseExportedSchema
        schema.private_data = ExportedObjects.keep(ExportedSchema(schema))
        return schema
    }

    private var flags: Int64 {
        var flags = isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0
        if case .dictionary(_, _, true) = type { flags |= Int64(ARROW_FLAG_DICTIONARY_ORDERED) }
        if case .map(_, true) = type { flags |= Int64(ARROW_FLAG_MAP_KEYS_SORTED) }
        return flags
    }
}

/// What an exported C schema points to, freed with this.
///
/// A child that was moved out has no `release` and keeps its content.
private final class ExportedSchema {
    let schema: ArrowSchema

    init(_ schema: ArrowSchema) { self.schema = schema }

    deinit {
        free(UnsafeMutablePointer(mutating: schema.format))
        free(UnsafeMutablePointer(mutating: schema.name))
        free(UnsafeMutablePointer(mutating: schema.metadata))
        for index in 0..<Int(schema.n_children) { free(schema.children[index]) }
        schema.children?.deallocate()
        free(schema.dictionary)
    }

    private func free(_ child: UnsafeMutablePointer<ArrowSchema>?) {
        guard let child else { return }
        child.pointee.release?(child)
        child.deallocate()
    }

    private func free(_ text: UnsafeMutablePointer<CChar>?) { Glibc.free(text) }
}

private func releaseExportedSchema(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
    guard let schema, schema.pointee.release != nil, let content = schema.pointee.private_data else { return }
    schema.pointee.release = nil
    schema.pointee.private_data = nil
    ExportedObjects.release(content)
}

/// Key and value pairs, each a 32-bit length and bytes, after a 32-bit count.
private func decodeMetadata(_ encoded: UnsafePointer<CChar>?) -> [String: String] {
    guard var cursor = UnsafeRawPointer(encoded) else { return [:] }
    func number() -> Int {
        defer { cursor += 4 }
        return max(0, Int(cursor.loadUnaligned(as: Int32.self)))
    }
    func text() -> String {
        let bytes = UnsafeRawBufferPointer(start: cursor + 4, count: number())
        cursor += bytes.count
        return String(decoding: bytes, as: UTF8.self)
    }
    var entries: [String: String] = [:]
    for _ in 0..<number() {
        let key = text()
        entries[key] = text()
    }
    return entries
}

private func encodeMetadata(_ entries: [String: String]) -> UnsafePointer<CChar>? {
    guard !entries.isEmpty else { return nil }
    var bytes: [UInt8] = []
    func append(_ number: Int) { withUnsafeBytes(of: Int32(number)) { bytes.append(contentsOf: $0) } }
    func append(_ text: String) {
        append(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }
    append(entries.count)
    for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
        append(key)
        append(value)
    }
    guard let copy = malloc(bytes.count) else { return nil }
    memcpy(copy, bytes, bytes.count)
    return UnsafePointer(copy.assumingMemoryBound(to: CChar.self))
}
