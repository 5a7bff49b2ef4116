import TauroBasics

/// What a query says that changes something, as far as its words tell.
///
/// The words are those outside of quotes and comments, as the SQL standard has them; what a database makes of a text besides
/// is its own matter, which is why a reading also asks it to change nothing.
enum ReadingQuery {
    private static let beginnings: Set = [
        "SELECT", "WITH", "VALUES", "TABLE", "FROM", "SHOW", "DESCRIBE", "DESC", "SUMMARIZE", "PIVOT", "UNPIVOT",
    ]
    private static let changes: Set = ["INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "REPLACE"]

    /// Why a query is none of an input, as the end of a sentence about it; nil where nothing is found.
    static func problem(_ text: String) -> String? {
        let tokens = tokens(of: text)
        let cure = "; an input only reads: give one SELECT, or WITH … SELECT"
        var begins = true
        for (place, token) in tokens.enumerated() {
            let next = place + 1 < tokens.count ? tokens[place + 1] : ""
            let previous = place > 0 ? tokens[place - 1] : ""
            if begins, token != "(", token != ";", !beginnings.contains(token) { return "begins with \(token)\(cure)" }
            begins = token == ";" || begins && token == "("
            let isStart = ["(", ")", ""].contains(previous)
            if changes.contains(token), isStart, isName(next) { return "has a part that is \(token)\(cure)" }
            // UNPIVOT … INTO NAME … VALUE is the one thing that reads so.
            if token == "INTO", next != "NAME" { return "has the word INTO, which stores rows\(cure)" }
        }
        return nil
    }

    private static func isName(_ token: String) -> Bool {
        guard let first = token.unicodeScalars.first else { return false }
        return first == "\"" || first == "_" || first.properties.isAlphabetic
    }

    /// Words in capitals and single signs; a quoted name is one double quote, a quoted text one single quote.
    private static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let sign = rest.first {
            if sign.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = comment(rest)
            } else if sign == "'" || sign == "\"" || sign == "`" {
                tokens.append(sign == "'" ? "'" : "\"")
                rest = rest.dropFirst().drop { $0 != sign }.dropFirst()
            } else if sign == "$", let end = dollarQuote(rest) {
                tokens.append("'")
                rest = end
            } else if isWordSign(sign) {
                let word = rest.prefix(while: isWordSign)
                tokens.append(word.uppercased())
                rest = rest.dropFirst(word.count)
            } else {
                tokens.append(String(sign))
                rest.removeFirst()
            }
        }
        return tokens
    }

    private static func isWordSign(_ sign: Character) -> Bool { sign.isLetter || sign.isNumber || sign == "_" }

    /// What follows a comment, which may hold others.
    private static func comment(_ text: Substring) -> Substring {
        var (rest, depth) = (text, 0)
        while !rest.isEmpty {
            if rest.hasPrefix("/*") {
                depth += 1
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("*/") {
                depth -= 1
                rest = rest.dropFirst(2)
                if depth == 0 { return rest }
            } else {
                rest = rest.dropFirst()
            }
        }
        return rest
    }

    /// What follows a text between `$tag$`; nil where none begins.
    private static func dollarQuote(_ text: Substring) -> Substring? {
        let tag = text.dropFirst().prefix(while: isWordSign)
        let mark = "$\(tag)$"
        guard text.hasPrefix(mark), tag.first?.isNumber != true else { return nil }
        let body = text.dropFirst(mark.count)
        return body.firstRange(of: mark).map { body[$0.upperBound...] } ?? ""
    }
}
