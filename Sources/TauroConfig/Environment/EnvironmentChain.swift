/// The environment that a project is loaded for, and the overlays that lie over one another for it.
///
/// Overlays are laid in this order, each deeply over what is there:
///
/// | environment | overlays |
/// |---|---|
/// | none, `base` | `base` |
/// | `dev`, `sandbox`, `prod`, a project's own | `base`, then its own |
/// | `sandbox_<name>` | `base`, `sandbox`, `sandbox_<name>`; one of the last two is enough |
/// | `staging` | `base`, then its own; `prod` in its place where the project has no `staging` |
///
/// `base` may be missing everywhere. An overlay may have any spelling of its environment's name, but only one.
struct EnvironmentChain {
    /// Why there is no such chain.
    enum Problem: Error {
        /// The project has nothing for this environment.
        case unknown
        /// Two overlays are one environment.
        case ambiguous(String, String)
    }

    /// The canonical name; nil where no environment was asked for.
    let name: String?
    /// The overlays in the order they are laid, as the project spells them.
    let overlays: [String]

    /// The chain of a project that has these overlays; `asked` is an environment in any spelling.
    init(_ asked: String?, among overlays: [String]) throws(Problem) {
        guard let asked else {
            self.init(among: overlays)
            return
        }
        guard let environment = EnvironmentName(asked) else { throw .unknown }
        var own = try Self.overlays(of: environment.layers, among: overlays)
        if own.isEmpty, let substitute = environment.substitute {
            own = try Self.overlays(of: substitute.layers, among: overlays)
        }
        if own.isEmpty && environment != .base { throw .unknown }
        self.init(name: environment.canonical, overlays: Self(among: overlays).overlays + own)
    }

    /// The chain of no environment.
    init(among overlays: [String]) {
        self.init(name: nil, overlays: overlays.filter { $0 == EnvironmentName.base.canonical })
    }

    private init(name: String?, overlays: [String]) {
        self.name = name
        self.overlays = overlays
    }

    private static func overlays(
        of layers: [EnvironmentName],
        among overlays: [String]
    ) throws(Problem) -> [String] {
        var found: [String] = []
        for layer in layers {
            if let overlay = try overlay(of: layer, among: overlays) { found.append(overlay) }
        }
        return found
    }

    private static func overlay(of layer: EnvironmentName, among overlays: [String]) throws(Problem) -> String? {
        let found = layer.spellings.filter(overlays.contains)
        if found.count > 1 { throw .ambiguous(found[0], found[1]) }
        return found.first
    }
}
