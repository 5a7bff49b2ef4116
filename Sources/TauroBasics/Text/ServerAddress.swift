/// The address of a server or the file of a database, as drivers take it, and what of it may be shown.
///
/// Shown is only what is understood: `scheme://user:password@host:port/path?name=value`, a list of keywords as libpq has it,
/// `host=h password='p'`, and the path of a file. Of any other text nothing is shown.
package struct ServerAddress: Sendable, Hashable {
    /// The address without user, password and what follows a question mark.
    package let shown: String
    /// The server and what of it is meant, `host:port/database`, without anything secret; nil for a file, and where the address
    /// is not understood or is secret as a whole.
    package let server: String?
    /// Whether it names a file or this process's memory, so that there is no server.
    package let isFile: Bool
    /// Texts that no message may hold, the longest first.
    package let secrets: [String]

    /// Takes an address apart, as far as it is one; `isSecret` says that no part of it may be shown.
    package init(_ text: String, isSecret: Bool = false) {
        let form = Form(text)
        var secrets = form.secrets + ConnectionKeywords.passwords(in: text)
        secrets += secrets.map { PercentEncoding.decode($0) }
        if isSecret || !secrets.isEmpty || form.shown == Form.hidden { secrets.append(text) }
        shown = isSecret ? "<secret>" : form.shown
        server = isSecret ? nil : form.server
        isFile = !isSecret && form.isFile
        self.secrets = Set(secrets.filter { !$0.isEmpty }).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
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
}

/// What kind of address a text is.
private struct Form {
    static let hidden = "***"

    let shown: String
    let secrets: [String]
    var server: String?
    var isFile = false

    init(_ text: String) {
        if let mark = text.firstRange(of: "://"), Form.isScheme(text[..<mark.lowerBound]) {
            self.init(scheme: text[..<mark.upperBound], text[mark.upperBound...])
        } else if let list = ConnectionKeywords(text) {
            self.init(shown: list.shown)
            server = list.server
        } else if Form.isFile(text) {
            self.init(shown: String(text.prefix { $0 != "?" }))
            isFile = true
        } else {
            self.init(shown: Form.hidden, secrets: Form.guessedSecrets(text[...]))
        }
    }

    private init(shown: String, secrets: [String] = []) {
        self.shown = shown
        self.secrets = secrets
    }

    private init(scheme: Substring, _ rest: Substring) {
        let authority = rest.prefix { !"/?#;".contains($0) }
        let behind = rest[authority.endIndex...]
        // A password may hold an unescaped `@`; the host can not.
        let sign = authority.lastIndex(of: "@")
        let hosts = sign.map { authority[authority.index(after: $0)...] } ?? authority
        guard !behind.contains("@"),
            hosts.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(Form.isHost)
        else {
            (shown, secrets) = ("\(scheme)\(Form.hidden)", Form.guessedSecrets(rest))
            return
        }
        let place = "\(hosts)\(behind.prefix { !"?#;".contains($0) })"
        shown = scheme + place
        server = place
        isFile = hosts.isEmpty
        guard let sign, let colon = authority[..<sign].firstIndex(of: ":") else {
            secrets = []
            return
        }
        let password = authority[authority.index(after: colon)..<sign]
        secrets = password.isEmpty ? [] : [String(authority[..<sign]), String(password)]
    }

    /// A name or number, with a port or none.
    private static func isHost(_ text: Substring) -> Bool {
        var rest = text
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            guard rest[..<end].dropFirst().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." || $0 == "%" }) else {
                return false
            }
            rest = rest[rest.index(after: end)...]
        } else {
            rest = rest.drop { $0.isLetter || $0.isNumber || "._-%".contains($0) }
        }
        return rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy(\.isNumber)
    }

    private static func isScheme(_ text: Substring) -> Bool {
        text.first?.isLetter == true && text.allSatisfy { $0.isLetter || $0.isNumber || "+.-:".contains($0) }
    }

    /// The path of a file: signs that addresses are made of stand only in those that say that they are paths.
    private static func isFile(_ text: String) -> Bool {
        if text == ":memory:" { return true }
        let isURI = text.hasPrefix("file:")
        let path = isURI ? text.dropFirst(5).prefix { $0 != "?" } : text[...]
        let strange = ["/", "./", "../"].contains { path.hasPrefix($0) } ? "=;?&'\"" : "=;?&'\":@"
        return path.allSatisfy { !strange.contains($0) && !$0.isNewline }
    }

    /// What may be a password in a text that is not understood: between a `:` or `/` and an `@`, as a whole and in the parts
    /// that a driver may name.
    private static func guessedSecrets(_ text: Substring) -> [String] {
        guard let sign = text.lastIndex(of: "@") else { return [] }
        let user = text[..<sign]
        let colon = user.firstIndex(of: ":") ?? user.firstIndex(of: "/")
        let password = colon.map { user[user.index(after: $0)...] } ?? user
        let parts = password.split { "/?#@:;&=".contains($0) }
        return ([user, password] + parts).map { String($0) }
    }
}
