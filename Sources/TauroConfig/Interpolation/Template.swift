import TauroBasics

/// A text with references, taken apart.
struct Template {
    /// A part of the text.
    enum Piece {
        case literal(String)
        case reference(Reference)
    }

    /// One `${…}`.
    struct Reference {
        /// The name, without `secret:`.
        let name: String
        let isSecret: Bool
        /// What stands after `:-`, if anything.
        let fallback: Template?
    }

    /// Why a text can not be taken apart.
    struct Problem: Error {
        let message: String
        let note: String
    }

    /// How deep defaults may stand in defaults.
    private static let maximumDepth = 20

    let pieces: [Piece]

    /// The reference, if the text is one and nothing else.
    var onlyReference: Reference? {
        guard pieces.count == 1, case .reference(let reference)? = pieces.first else { return nil }
        return reference
    }

    init(_ text: String) throws(Problem) {
        try self.init(text[...], depth: 0)
    }

    private init(_ text: Substring, depth: Int) throws(Problem) {
        if depth > Self.maximumDepth {
            throw Problem(message: "Defaults stand in defaults too deeply", note: "Use at most \(Self.maximumDepth).")
        }
        var pieces: [Piece] = []
        var literal = ""
        var rest = text
        while let dollar = rest.firstIndex(of: "$") {
            literal += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                literal += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                let inside = try Self.inside(of: rest)
                pieces.append(.reference(try Self.reference(inside, depth: depth)))
                rest = rest[rest.index(after: inside.endIndex)...]
            } else {
                literal += "$"
                rest = rest.dropFirst()
            }
        }
        literal += rest
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    /// What stands between `${` and the `}` that closes it; references in a default have their own.
    private static func inside(of text: Substring) throws(Problem) -> Substring {
        var depth = 0
        var index = text.startIndex
        let start = text.index(index, offsetBy: 2)
        while index < text.endIndex {
            if text[index...].hasPrefix("${") {
                depth += 1
                index = text.index(after: index)
            } else if text[index] == "}" {
                depth -= 1
                if depth == 0 { return text[start..<index] }
            }
            index = text.index(after: index)
        }
        throw Problem(
            message: "A `${` is not closed",
            note: "Close it with `}`, or write `$${` for the characters `${`."
        )
    }

    private static func reference(_ text: Substring, depth: Int) throws(Problem) -> Reference {
        var name = text
        var isSecret = false
        if name.hasPrefix("secret:") {
            isSecret = true
            name = name.dropFirst("secret:".count)
        }
        var fallback: Template?
        if let colon = name.firstIndex(of: ":") {
            guard name[colon...].hasPrefix(":-") else { throw badName(text) }
            fallback = try Template(name[colon...].dropFirst(2), depth: depth + 1)
            name = name[..<colon]
        }
        guard isName(name) else { throw badName(text) }
        return Reference(name: String(name), isSecret: isSecret, fallback: fallback)
    }

    private static func isName(_ name: Substring) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ".")
            }
    }

    private static func badName(_ text: Substring) -> Problem {
        Problem(
            message: "`${\(text)}` is no reference",
            note:
                "References are `${NAME}`, `${NAME:-default}` and `${secret:NAME}`; "
                + "`$${` stands for the characters `${`."
        )
    }
}
