/// Names and values as SQL writes them, whatever they hold.
enum SQLText {
    /// A name.
    static func identifier(_ name: String) -> String { "\"\(doubling("\"", in: name))\"" }

    /// A text.
    static func literal(_ text: String) -> String { "'\(doubling("'", in: text))'" }

    private static func doubling(_ quote: Character, in text: String) -> String {
        String(text.flatMap { $0 == quote ? [quote, quote] : [$0] })
    }
}
