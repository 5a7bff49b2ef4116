/// The id of a stored dataset: `table`, `schema.table` or `schema.folder.table`.
public struct DatasetIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// One to three parts of ASCII letters, digits, `_` and `-`.
    public let parts: [String]

    /// Reads an id; nil where the text is none.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ Self.isPart($0) }) else { return nil }
        self.parts = parts.map(String.init)
    }

    /// The parts joined by dots.
    public var description: String { parts.joined(separator: ".") }

    /// The parts joined by slashes: where the dataset is below the directory of all outputs.
    public var relativePath: String { parts.joined(separator: "/") }

    private static func isPart(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
