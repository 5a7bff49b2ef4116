/// Names of nodes read from the forms people write them in: a name, a map with the name as its key, or a list of both.
///
/// The only reader of these forms there is; whoever asks it says what is wrong in words of their own.
package struct NodeNames: Sendable {
    /// Something that names no node, or says more than a name.
    package struct Problem: Sendable, Hashable {
        /// What is wrong.
        package enum Kind: Sendable, Hashable {
            /// The item of a list with this number, from 1, has no value.
            case empty(number: Int)
            /// A map in a list has no key, or several.
            case notOneKey
            /// It is no text, whole number or map.
            case unsupported
            /// It came from a secret, which a name is not.
            case secret
            /// What stands under this name is not read.
            case ignored(name: String)
            /// The name stood there before.
            case repeated(name: String)
        }

        /// What is wrong.
        package let kind: Kind
        /// With what.
        package let value: ConfigValue

        /// Whether a name is missing because of it.
        package var isError: Bool {
            switch kind {
            case .ignored, .repeated: false
            case .empty, .notOneKey, .unsupported, .secret: true
            }
        }
    }

    /// The names in order, each once.
    package private(set) var names: [Located<String>] = []
    /// Everything that is wrong, in order.
    package private(set) var problems: [Problem] = []
    private let takesNamedMaps: Bool
    private var seen: Set<String> = []

    /// Reads a value; null names nobody.
    ///
    /// - Parameters:
    ///   - value: names in one of the forms.
    ///   - takesNamedMaps: whether a map with `name` is a form too, as in a pipeline's `nodes`.
    ///   - skipping: whether an item of a list is to be passed over.
    package init(_ value: ConfigValue, takesNamedMaps: Bool = false, skipping: (ConfigValue) -> Bool = { _ in false }) {
        self.takesNamedMaps = takesNamedMaps
        switch value.content {
        case .null: break
        case .list(let items):
            for (index, item) in items.enumerated() where !skipping(item) { read(item, number: index + 1) }
        case .map(let entries): for entry in entries { add(entry) }
        default: add(name: value)
        }
    }

    private mutating func read(_ item: ConfigValue, number: Int) {
        switch item.content {
        case .null: problems.append(Problem(kind: .empty(number: number), value: item))
        case .map(let entries): addOnly(of: entries, in: item)
        default: add(name: item)
        }
    }

    private mutating func addOnly(of entries: [ConfigValue.Entry], in map: ConfigValue) {
        if takesNamedMaps, let named = map["name"], case .string(let name) = named.content {
            if entries.count > 1 { problems.append(Problem(kind: .ignored(name: name), value: map)) }
            add(name: named)
        } else if entries.count == 1, let entry = entries.first {
            add(entry)
        } else {
            problems.append(Problem(kind: .notOneKey, value: map))
        }
    }

    private mutating func add(_ entry: ConfigValue.Entry) {
        switch entry.value.content {
        case .null, .map([]): break
        default: problems.append(Problem(kind: .ignored(name: entry.key), value: entry.value))
        }
        add(entry.key, at: entry.keyLocation)
    }

    private mutating func add(name value: ConfigValue) {
        if value.isSecret {
            problems.append(Problem(kind: .secret, value: value))
            return
        }
        switch value.content {
        case .string(let text) where !text.isEmpty: add(text, at: value.location)
        // A name of digits alone needs no quotes.
        case .integer(let number): add(String(number), at: value.location)
        default: problems.append(Problem(kind: .unsupported, value: value))
        }
    }

    private mutating func add(_ name: String, at location: SourceLocation) {
        if seen.insert(name).inserted {
            names.append(Located(name, at: location))
        } else {
            problems.append(Problem(kind: .repeated(name: name), value: ConfigValue(.string(name), at: location)))
        }
    }
}
