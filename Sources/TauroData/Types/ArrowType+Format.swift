extension ArrowType {
    /// Types whose format string has no parameter.
    private static let plain: [(format: String, type: ArrowType)] = [
        ("n", .null), ("b", .bool), ("c", .int8), ("C", .uint8), ("s", .int16), ("S", .uint16), ("i", .int32),
        ("I", .uint32), ("l", .int64), ("L", .uint64), ("e", .float16), ("f", .float32), ("g", .float64),
        ("z", .binary), ("Z", .largeBinary), ("vz", .binaryView), ("u", .utf8), ("U", .largeUTF8), ("vu", .utf8View),
        ("tdD", .date32), ("tdm", .date64), ("tts", .time(.second)), ("ttm", .time(.millisecond)),
        ("ttu", .time(.microsecond)), ("ttn", .time(.nanosecond)), ("tDs", .duration(.second)),
        ("tDm", .duration(.millisecond)), ("tDu", .duration(.microsecond)), ("tDn", .duration(.nanosecond)),
        ("tiM", .interval(.months)), ("tiD", .interval(.dayTime)), ("tin", .interval(.monthDayNano)),
    ]
    private static let typesByFormat = Dictionary(uniqueKeysWithValues: plain.map { ($0.format, $0.type) })
    private static let formatsByType = Dictionary(uniqueKeysWithValues: plain.map { ($0.type, $0.format) })

    /// The format string of the C data interface.
    ///
    /// Of a dictionary it is the index's; children are not part of it.
    public var format: String {
        if let plain = ArrowType.formatsByType[self] { return plain }
        switch self {
        case .decimal(let precision, let scale, let width):
            return width == 128 ? "d:\(precision),\(scale)" : "d:\(precision),\(scale),\(width)"
        case .fixedSizeBinary(let width): return "w:\(width)"
        case .timestamp(let unit, let zone): return "ts\(unit.rawValue):\(zone ?? "")"
        case .list: return "+l"
        case .largeList: return "+L"
        case .listView: return "+vl"
        case .largeListView: return "+vL"
        case .fixedSizeList(_, let size): return "+w:\(size)"
        case .structure: return "+s"
        case .map: return "+m"
        case .union(let mode, let codes, _):
            return "+u\(mode.rawValue):" + codes.map { "\($0)" }.joined(separator: ",")
        case .dictionary(let index, _, _): return index.format
        case .runEndEncoded: return "+r"
        default: return "n"
        }
    }

    /// Reads a format string together with the fields of its children.
    ///
    /// - Throws: `ArrowError` with the code `.malformed`, naming the format and what is wrong with it.
    init(format: String, children: [Field], keysSorted: Bool) throws(ArrowError) {
        if let plain = ArrowType.typesByFormat[format] {
            self = plain
        } else if format.hasPrefix("+") {
            self = try ArrowType.nested(format, children, keysSorted: keysSorted)
        } else {
            self = try ArrowType.parameterised(format)
        }
        if childFields.count != children.count {
            throw ArrowError(
                .malformed,
                "Arrow format '\(format)' takes \(childFields.count) child types, but the schema has \(children.count)"
            )
        }
    }

    private static func parameterised(_ format: String) throws(ArrowError) -> ArrowType {
        let parts = format.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw malformed(format, "no such type") }
        let numbers = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        switch (parts[0], numbers.count) {
        case ("d", 2...3):
            guard let precision = numbers[0], let scale = numbers[1], let width = numbers.count == 3 ? numbers[2] : 128,
                [32, 64, 128, 256].contains(width), precision > 0
            else { throw malformed(format, "a decimal is d:precision,scale or d:precision,scale,bits") }
            return .decimal(precision: precision, scale: scale, bitWidth: width)
        case ("w", 1):
            guard let width = numbers[0], width >= 0 else { throw malformed(format, "a width is a number") }
            return .fixedSizeBinary(byteWidth: width)
        case ("tss", _), ("tsm", _), ("tsu", _), ("tsn", _):
            guard let unit = parts[0].last.flatMap(TimeUnit.init(rawValue:)) else { break }
            return .timestamp(unit, zone: parts[1].isEmpty ? nil : String(parts[1]))
        default: break
        }
        throw malformed(format, "no such type")
    }

    private static func nested(
        _ format: String,
        _ children: [Field],
        keysSorted: Bool
    ) throws(ArrowError) -> ArrowType {
        if format == "+s" { return .structure(children) }
        if format.hasPrefix("+ud:") || format.hasPrefix("+us:") { return try union(format, children) }
        guard let first = children.first else { throw malformed(format, "its child types are missing") }
        switch format {
        case "+l": return .list(first)
        case "+L": return .largeList(first)
        case "+vl": return .listView(first)
        case "+vL": return .largeListView(first)
        case "+m":
            guard case .structure(let pair) = first.type, pair.count == 2 else {
                throw malformed(format, "a map's child is a struct of key and value")
            }
            return .map(entries: first, keysSorted: keysSorted)
        case "+r":
            guard children.count == 2 else { throw malformed(format, "it takes run ends and values") }
            return .runEndEncoded(runEnds: first, values: children[1])
        default:
            guard format.hasPrefix("+w:"), let size = Int(format.dropFirst(3)), size >= 0 else {
                throw malformed(format, "no such type")
            }
            return .fixedSizeList(first, size: size)
        }
    }

    private static func union(_ format: String, _ children: [Field]) throws(ArrowError) -> ArrowType {
        let codes = format.dropFirst(4).split(separator: ",").compactMap { Int8($0) }
        guard codes.count == children.count, codes.allSatisfy({ $0 >= 0 }) else {
            throw malformed(format, "a union lists one code from 0 to 127 for each child")
        }
        return .union(format.hasPrefix("+ud") ? .dense : .sparse, codes: codes, fields: children)
    }

    private static func malformed(_ format: String, _ reason: String) -> ArrowError {
        ArrowError(.malformed, "malformed Arrow format string '\(format)': \(reason)")
    }
}
