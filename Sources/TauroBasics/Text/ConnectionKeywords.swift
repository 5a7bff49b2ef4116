/// A list of keywords and values that says what to connect to, `host=h password = 'it\'s'`.
///
/// Source: PostgreSQL's documentation, "Keyword/Value Connection Strings".
struct ConnectionKeywords {
    /// The list; only values that name the server are shown.
    let shown: String
    /// The server and its database, `host:port/database`.
    let server: String

    private static let plain: Set = [
        "host", "hostaddr", "port", "dbname", "sslmode", "connect_timeout", "application_name",
    ]
    private static let passwords = ["password", "passwd", "pwd", "passphrase", "token", "secret"]

    /// Reads a list; nil for a text that is none throughout.
    init?(_ text: String) {
        var rest = text.drop(while: \.isWhitespace)
        var parts: [String] = []
        var said: [String: String] = [:]
        while !rest.isEmpty {
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            rest = rest[name.endIndex...].drop(while: \.isWhitespace)
            guard !name.isEmpty, rest.first == "=" else { return nil }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            let value = Value(rest, isList: true)
            guard value.isComplete, value.rest.first.map(\.isWhitespace) ?? true else { return nil }
            // Other lists, which have other rules, divide by semicolons.
            guard value.isQuoted || !value.raw.contains(where: { ";{}".contains($0) }) else { return nil }
            let isPlain = ConnectionKeywords.plain.contains(name.lowercased())
            parts.append("\(name)=\(isPlain ? value.raw : "***")")
            if isPlain { said[name.lowercased()] = value.meant }
            rest = value.rest.drop(while: \.isWhitespace)
        }
        guard !parts.isEmpty else { return nil }
        shown = parts.joined(separator: " ")
        server = ConnectionKeywords.server(said)
    }

    /// As an address with a scheme has it, so that one database has one name.
    private static func server(_ said: [String: String]) -> String {
        let host = said["host"] ?? said["hostaddr"] ?? ""
        return host + (said["port"].map { ":" + $0 } ?? "") + (said["dbname"].map { "/" + $0 } ?? "")
    }

    /// What stands behind `password=` and the like in any text: as it is written, and as it is meant.
    static func passwords(in text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let sign = rest.firstIndex(of: "=") {
            let name = rest[..<sign].reversed().drop(while: \.isWhitespace).prefix {
                $0.isLetter || $0.isNumber || $0 == "_"
            }
            rest = rest[rest.index(after: sign)...]
            let word = String(name.reversed()).lowercased()
            guard passwords.contains(where: { word.hasSuffix($0) }) else { continue }
            let start = rest.drop(while: \.isWhitespace)
            for isList in [true, false] {
                let value = Value(start, isList: isList)
                found += [value.raw, value.meant]
            }
        }
        return found.filter { !$0.isEmpty }
    }
}

/// A value in a list of keywords, or in a query.
private struct Value {
    /// As it is written, without quotes.
    let raw: String
    /// Without what keeps signs from being read as others.
    let meant: String
    let isQuoted: Bool
    /// Whether its quote, if there is one, has an end.
    let isComplete: Bool
    /// What follows it.
    let rest: Substring

    /// Reads a value at the beginning of a text.
    ///
    /// One without quotes ends with a space, and unless it is in a list of libpq, with `&`, `;` and `#`.
    init(_ text: Substring, isList: Bool) {
        let closing: [Character: Character] = ["'": "'", "\"": "\"", "{": "}"]
        let quote = text.first.flatMap { isList && $0 != "'" ? nil : closing[$0] }
        var rest = quote == nil ? text : text.dropFirst()
        let start = rest
        var meant = ""
        while let sign = rest.first {
            let next = rest.dropFirst().first
            if sign == "\\", let next {
                meant.append(next)
                rest = rest.dropFirst(2)
                continue
            }
            if let quote, sign == quote {
                guard next == quote else { break }
                meant.append(sign)
                rest = rest.dropFirst(2)
                continue
            }
            if quote == nil, sign.isWhitespace || !isList && "&;#".contains(sign) { break }
            meant.append(sign)
            rest = rest.dropFirst()
        }
        isComplete = quote == nil || !rest.isEmpty
        raw = String(start[..<rest.startIndex])
        self.meant = meant
        isQuoted = quote != nil
        self.rest = quote == nil ? rest : rest.dropFirst()
    }
}
