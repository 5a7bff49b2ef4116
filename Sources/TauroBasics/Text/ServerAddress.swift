/// The address of a server, `scheme://user:password@host:port/path?name=value`, and what of it may be shown.
package struct ServerAddress: Sendable, Hashable {
    /// The address without user, password and what follows a question mark; a text that is no such address stays, but for
    /// `password=…`.
    package let shown: String
    /// Texts that no message may hold, the longest first.
    package let secrets: [String]

    /// Takes an address apart, as far as it is one; `isSecret` says that no part of it may be shown.
    package init(_ text: String, isSecret: Bool = false) {
        var secrets: [String] = []
        var shown = text
        if let scheme = text.range(of: "://") {
            let rest = text[scheme.upperBound...]
            let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            // A password may hold an unescaped `@`; the host can not.
            if let sign = authority.lastIndex(of: "@") {
                let user = authority[..<sign]
                let password = user.firstIndex(of: ":").map { user[user.index(after: $0)...] } ?? ""
                secrets += [String(user), String(password)].filter { !$0.isEmpty }
                if password.isEmpty { secrets.removeAll { $0 == String(user) } }
                shown =
                    "\(text[..<scheme.upperBound])\(authority[authority.index(after: sign)...])"
                    + String(rest[authority.endIndex...])
            }
            shown = String(shown.prefix { $0 != "?" })
        }
        secrets += ServerAddress.passwords(in: text)
        for word in ServerAddress.passwords(in: shown) {
            shown = shown.replacing("password=\(word)", with: "password=***")
        }
        secrets += secrets.map(ServerAddress.percentDecoded)
        if isSecret || !secrets.isEmpty { secrets.append(text) }
        self.shown = isSecret ? "<secret>" : shown
        self.secrets = Set(secrets).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// A text in which nothing secret of the address is left.
    ///
    /// Very short passwords are taken out only where they stand as such, for they may be part of any word.
    package func redacted(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            if secret.utf8.count > 2 { return text.replacing(secret, with: "***") }
            return text.replacing(":\(secret)@", with: ":***@").replacing("\"\(secret)\"", with: "\"***\"")
        }
    }

    /// What stands behind `password=`, in a query and in a list of keywords.
    private static func passwords(in text: String) -> [String] {
        var found: [String] = []
        for range in text.ranges(of: "password=") {
            let rest = text[range.upperBound...]
            let isQuoted = rest.first == "'"
            let value =
                isQuoted ? rest.dropFirst().prefix { $0 != "'" } : rest.prefix { $0 != "&" && $0 != " " && $0 != "#" }
            if !value.isEmpty { found.append(String(value)) }
        }
        return found
    }

    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    /// The first place of a part.
    fileprivate func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }
}
