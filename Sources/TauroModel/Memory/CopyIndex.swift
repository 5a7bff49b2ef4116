import TauroBasics

/// The end of a file that holds a copy of a result: what is in it, and where.
///
/// A JSON document, its length in eight bytes, and eight bytes by which the file is known.
struct CopyIndex: Equatable {
    /// What a file holds.
    enum Content: Equatable {
        /// The image that says the columns, without a row, and those of the rows.
        case frame(columns: Part, rows: [Part])
        case artifact(mediaType: String, size: Int)
    }

    /// One image.
    struct Part: Equatable {
        let position: Int
        let byteCount: Int
        /// The number of rows of each batch.
        let rowCounts: [Int]
    }

    let content: Content

    private static let mark = Array("tauroRC1".utf8)
    private static let tailSize = 16

    init(_ content: Content) { self.content = content }

    /// Reads the end of a file; nil where it is none of a copy.
    init?(endOf bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= CopyIndex.tailSize, bytes.suffix(8).elementsEqual(CopyIndex.mark) else { return nil }
        let length = bytes.loadUnaligned(fromByteOffset: bytes.count - CopyIndex.tailSize, as: UInt64.self)
        let end = bytes.count - CopyIndex.tailSize
        guard let count = Int(exactly: UInt64(littleEndian: length)), count <= end,
            let json = try? JSONValue(parsing: Array(bytes[(end - count)..<end]))
        else { return nil }
        self.init(json)
    }

    /// How many bytes at the end of a file are asked for, to read the rest by.
    static func size(endOf bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= tailSize else { return nil }
        let length = bytes.loadUnaligned(fromByteOffset: bytes.count - tailSize, as: UInt64.self)
        return Int(exactly: UInt64(littleEndian: length)).map { $0 + tailSize }
    }

    /// The end of the file.
    var bytes: [UInt8] {
        let document = Array(json.text().utf8)
        return document + withUnsafeBytes(of: UInt64(document.count).littleEndian) { Array($0) } + CopyIndex.mark
    }

    private init?(_ json: JSONValue) {
        if case .string(let type)? = json["media_type"], case .integer(let size)? = json["size"] {
            self.init(.artifact(mediaType: type, size: Int(size)))
            return
        }
        guard let columns = json["columns"].flatMap(Part.init), case .array(let rows)? = json["rows"] else {
            return nil
        }
        let parts = rows.compactMap(Part.init)
        guard parts.count == rows.count else { return nil }
        self.init(.frame(columns: columns, rows: parts))
    }

    private var json: JSONValue {
        switch content {
        case .artifact(let type, let size): ["media_type": .string(type), "size": .integer(Int64(size))]
        case .frame(let columns, let rows): ["columns": columns.json, "rows": .array(rows.map(\.json))]
        }
    }
}

extension CopyIndex.Part {
    fileprivate init?(_ json: JSONValue) {
        guard case .integer(let position)? = json["position"], case .integer(let byteCount)? = json["bytes"],
            case .array(let counts)? = json["row_counts"]
        else { return nil }
        let rowCounts = counts.compactMap { if case .integer(let count) = $0 { Int(count) } else { nil } }
        guard rowCounts.count == counts.count else { return nil }
        self.init(position: Int(position), byteCount: Int(byteCount), rowCounts: rowCounts)
    }

    fileprivate var json: JSONValue {
        [
            "position": .integer(Int64(position)), "bytes": .integer(Int64(byteCount)),
            "row_counts": .array(rowCounts.map { .integer(Int64($0)) }),
        ]
    }
}
