/// The id of a stored dataset: `table`, `schema.table` or `schema.folder.table`.
public struct DatasetIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// The parts joined by dots.
    public let description: String

    /// Reads an id; nil where the text is none.
    public init?(_ text: String) {
        guard Self.isIdentifier(text) else { return nil }
        description = text
    }

    /// One to three parts of ASCII letters, digits, `_` and `-`.
    public var parts: [String] { description.split(separator: ".").map(String.init) }

    /// The parts joined by slashes: where the dataset is below the directory of all outputs.
    public var relativePath: String {
        String(decoding: description.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
    }

    private static func isIdentifier(_ text: String) -> Bool {
        var dots = 0
        var isPartEmpty = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                if isPartEmpty { return false }
                dots += 1
                isPartEmpty = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                isPartEmpty = false
            default: return false
            }
        }
        return !isPartEmpty && dots <= 2
    }
}
