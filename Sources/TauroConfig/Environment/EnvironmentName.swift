import TauroModel

/// The name of an environment in its one canonical spelling.
///
/// `base`, `dev`, `sandbox`, `staging` and `prod` may be written in other ways too, on the command line and as the name
/// of an overlay; any other name is a project's own. `sandbox_ann` is Ann's own part of the sandbox.
struct EnvironmentName: Hashable {
    /// The spelling that paths of outputs use.
    let canonical: String

    private static let aliases = [
        "dev": ["development"],
        "prod": ["production"],
        "sandbox": ["test", "testing"],
    ]

    /// Reads a name in any spelling; nil where the text is none.
    ///
    /// Names are names of directories, so nothing in them may lead elsewhere: ASCII letters, digits, `_` and `-`.
    init?(_ text: String) {
        guard DatasetIdentifier(text)?.parts.count == 1 else { return nil }
        canonical = Self.aliases.first { $0.value.contains(text) }?.key ?? text
    }

    private init(known canonical: String) { self.canonical = canonical }

    /// What lies below all others.
    static let base = EnvironmentName(known: "base")
    private static let sandbox = EnvironmentName(known: "sandbox")
    private static let staging = EnvironmentName(known: "staging")
    private static let production = EnvironmentName(known: "prod")

    /// The ways to write it, the canonical one first.
    var spellings: [String] { [canonical] + (Self.aliases[canonical] ?? []) }

    /// The environments whose overlays apply, the lowest first, besides `base`, which always lies below them.
    var layers: [EnvironmentName] {
        if self == .base { return [] }
        return canonical.hasPrefix("sandbox_") ? [.sandbox, self] : [self]
    }

    /// What stands in for the environment where a project has nothing of it: staging is like production.
    var substitute: EnvironmentName? { self == .staging ? .production : nil }
}
