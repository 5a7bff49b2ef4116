import TauroBasics
import TauroModel

/// Reads a JSON file, strictly, with the place of every value.
enum JSONFileReader {
    /// Reads a file; nil where it can not be used as a whole, which is then among the findings.
    static func read(_ bytes: [UInt8], file: String, findings: Findings) -> ConfigDocument? {
        // A byte order mark is no part of the text.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        // An empty file counts as an empty map in either format.
        if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            return TreeBuilder(file: file, findings: findings).document
        }
        return bytes.withUnsafeBufferPointer { buffer -> ConfigDocument? in
            var reading = JSONReading(bytes: bytes, buffer: buffer, file: file, findings: findings)
            do throws(JSONError) {
                return try reading.run()
            } catch {
                findings.error("This is not valid JSON: \(error.message).", at: reading.location(error.offset))
                return nil
            }
        }
    }
}

/// The way of one file through the reader.
private struct JSONReading {
    private var reader: JSONReader
    private var places: ByteOffsetPlaces
    private var builder: TreeBuilder
    private let bytes: [UInt8]
    private let file: SourceLocation
    private let findings: Findings

    init(bytes: [UInt8], buffer: UnsafeBufferPointer<UInt8>, file: String, findings: Findings) {
        reader = JSONReader(bytes)
        places = ByteOffsetPlaces(bytes: buffer)
        builder = TreeBuilder(file: file, findings: findings)
        self.bytes = bytes
        self.file = SourceLocation(file: file)
        self.findings = findings
    }

    mutating func run() throws(JSONError) -> ConfigDocument? {
        while true {
            let event = try reader.next()
            if case .end = event { return builder.document }
            take(event, at: location(reader.eventOffset))
            if builder.isStopped { return nil }
        }
    }

    /// A whole number as it is written.
    private func digits(at offset: Int) -> String {
        String(decoding: bytes[offset...].prefix { $0 == UInt8(ascii: "-") || $0.isASCIIDigit }, as: UTF8.self)
    }

    mutating func location(_ offset: Int) -> SourceLocation {
        let place = places.place(of: offset)
        return file.at(line: place.line, column: place.column)
    }

    private mutating func take(_ event: JSONReader.Event, at location: SourceLocation) {
        switch event {
        case .beginObject: builder.begin(.map, at: location)
        case .beginArray: builder.begin(.list, at: location)
        case .endObject, .endArray: builder.end()
        case .key(let key): builder.key(key, at: location)
        case .string(let text): scalar(.string(text), at: location)
        case .integer(let number): scalar(.integer(number), at: location)
        case .double(let number): scalar(.double(number), at: location)
        case .bool(let flag): scalar(.bool(flag), at: location)
        case .null: scalar(.null, at: location)
        case .largeInteger:
            LargeNumber.reject(digits(at: reader.eventOffset), at: location, findings: findings)
            scalar(.null, at: location)
        case .end: break
        }
    }

    /// JSON has no text without quotes, so its references may become numbers as unquoted ones in YAML do.
    private mutating func scalar(_ content: ConfigValue.Content, at location: SourceLocation) {
        builder.scalar(content, isQuoted: false, at: location, anchor: nil)
    }
}
