/// What a key belongs to, for messages.
struct Owner {
    /// What kind of thing it is, for example `node`.
    let kind: String
    /// Its name, if it is one of several.
    let name: String?

    /// In the middle of a sentence: ``node `extract` ``.
    var description: String { name.map { "\(kind) `\($0)`" } ?? kind }

    /// At the start of a sentence: ``Node `extract` ``.
    var sentenceStart: String {
        let text = description
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    init(_ kind: String, _ name: String? = nil) {
        self.kind = kind
        self.name = name
    }
}
