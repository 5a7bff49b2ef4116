import TauroBasics

/// The name of a new plugin: of its directory, its file, and the first part of its nodes' names.
struct PluginName {
    let text: String

    /// Takes a lower-case identifier that is no word of C or Swift; nil for anything else.
    init?(_ text: String) {
        guard PluginName.isIdentifier(text), !PluginName.isKeyword(text) else { return nil }
        self.text = text
    }

    /// Whether C or Swift keep the word for themselves.
    static func isKeyword(_ text: String) -> Bool { cKeywords.contains(text) || swiftKeywords.contains(text) }

    /// The name as a Swift module's: `MyShop` of `my_shop`.
    var capitalized: String {
        text.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isASCIILetter, text == text.lowercased() else { return false }
        return text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    }

    private static let cKeywords: Set<String> = [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
        "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
        "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
    ]

    private static let swiftKeywords: Set<String> = [
        "as", "associatedtype", "await", "catch", "class", "defer", "deinit", "extension", "fallthrough", "false",
        "fileprivate", "func", "guard", "import", "in", "init", "inout", "internal", "is", "let", "nil", "open",
        "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "self", "subscript",
        "super", "throw", "throws", "true", "try", "typealias", "var", "where",
    ]
}
