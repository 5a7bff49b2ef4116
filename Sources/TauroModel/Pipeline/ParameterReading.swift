/// What became of a value that configuration or a command line gives for a typed parameter.
enum ParameterReading: Hashable {
    case value(ParameterValue)
    /// What was found instead, in words.
    case refused(found: String)

    /// Largest whole number up to which every one is exact as a double.
    private static let largestExact: Int64 = 1 << 53

    /// Reads a value of configuration.
    ///
    /// Not a number and the infinities are numbers of YAML, written `.nan` and `.inf`.
    static func value(of given: ConfigValue, as type: ParameterType) -> ParameterReading {
        switch (given.content, type) {
        case (.integer(let number), .int64): return .value(.int64(number))
        case (.integer(let number), .float64) where (-largestExact...largestExact).contains(number):
            return .value(.float64(Double(number)))
        case (.double(let number), .float64): return .value(.float64(number))
        case (.bool(let flag), .bool): return .value(.bool(flag))
        case (.string(let text), .string) where !text.utf8.contains(0): return .value(.string(text))
        default:
            return .refused(found: given.isSecret ? "a secret of another type" : words(for: given.content, as: type))
        }
    }

    /// Reads text of a command line by the type that the function declares.
    static func value(ofText text: String, as type: ParameterType) -> ParameterReading {
        let value: ParameterValue? =
            switch type {
            case .int64: wholeNumber(text).map { .int64($0) }
            case .float64: number(text).map { .float64($0) }
            case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
            case .string: text.utf8.contains(0) ? nil : .string(text)
            }
        return value.map { .value($0) } ?? .refused(found: words(for: .string(text), as: type))
    }

    private static func wholeNumber(_ text: String) -> Int64? {
        text.hasPrefix("0x") && !text.hasPrefix("0x-") && !text.hasPrefix("0x+")
            ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case ".nan": return .nan
        case ".inf", "+.inf": return .infinity
        case "-.inf": return -.infinity
        default:
            let letters: Set<UInt8> = Set("0123456789+-.eE".utf8)
            guard text.utf8.allSatisfy({ letters.contains($0) }), let value = Double(text) else { return nil }
            // A whole number counts as in configuration: it must be exact.
            if let whole = Int64(text), !(-largestExact...largestExact).contains(whole) { return nil }
            return value.isFinite ? value : nil
        }
    }

    private static func words(for content: ConfigValue.Content, as type: ParameterType) -> String {
        switch content {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let number):
            type == .float64 ? "\(number), which no f64 holds exactly" : "the whole number \(number)"
        case .double(let number): "the number \(number)"
        case .string(let text):
            text.utf8.contains(0) ? "a text with a NUL inside" : "the text \(ParameterValue.string(text).words)"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

extension ParameterType {
    /// The type as messages name it.
    var words: String {
        switch self {
        case .int64: "a whole number (i64)"
        case .float64: "a number (f64)"
        case .bool: "true or false (bool)"
        case .string: "a text (str)"
        }
    }
}

extension ParameterValue {
    /// The value as messages show it; a text in quotes and cut after 80 characters.
    var words: String {
        switch self {
        case .int64(let number): "\(number)"
        case .float64(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .string(let text): text.count > 80 ? "\"\(text.prefix(80))…\"" : "\"\(text)\""
        }
    }
}
