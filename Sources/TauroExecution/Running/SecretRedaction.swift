import TauroModel

/// Takes the secrets that a node was given out of every text that leaves it.
struct SecretRedaction: Sendable {
    private let secrets: [String]

    /// Knows the secrets among parameters and hyperparameters.
    fileprivate init(_ parameters: [BoundParameter], _ hyperparameters: [String: ConfigValue]) {
        if hyperparameters.isEmpty && !parameters.contains(where: \.isSecret) {
            secrets = []
            return
        }
        let parameters = parameters.filter(\.isSecret).map { parameter in
            switch parameter.value {
            case .string(let text): text
            case .int64(let number): "\(number)"
            case .float64(let number): "\(number)"
            case .bool(let flag): "\(flag)"
            }
        }
        let hyperparameters = hyperparameters.values.flatMap { SecretRedaction.secrets(in: $0) }
        // The longest first, so that one secret inside another leaves nothing behind.
        secrets = (parameters + hyperparameters).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    /// The text with every secret replaced.
    func redacted(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "<secret>") }
    }

    /// A receiver of reports that gets their texts without secrets.
    func redacting(_ report: @escaping @Sendable (NodeReport) -> Void) -> @Sendable (NodeReport) -> Void {
        if secrets.isEmpty { return report }
        return { told in
            switch told {
            case .log(let level, let text): report(.log(level: level, text: redacted(text)))
            case .progress(let fraction, let text): report(.progress(fraction: fraction, text: text.map(redacted)))
            case .metric: report(told)
            }
        }
    }

    private static func secrets(in value: ConfigValue) -> [String] {
        switch value.content {
        case .string(let text): value.isSecret ? [text] : []
        case .list(let elements): elements.flatMap { secrets(in: $0) }
        case .map(let entries): entries.flatMap { secrets(in: $0.value) }
        default: []
        }
    }
}

extension PlannedNode {
    /// Takes out what this node was given as a secret.
    var redaction: SecretRedaction { SecretRedaction(parameters, hyperparameters) }
}
