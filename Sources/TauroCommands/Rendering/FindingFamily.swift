import TauroModel

/// The families of findings, as programs know them.
///
/// Raw values are for programs, and never change: people tell their tools by them what to pass over.
enum FindingFamily: String, CaseIterable {
    case configuration
    case validation
    case security

    init(_ kind: Diagnostic.Kind) {
        switch kind {
        case .configuration: self = .configuration
        case .validation: self = .validation
        case .security: self = .security
        }
    }

    /// A few words for a list of families.
    var title: String {
        switch self {
        case .configuration: "A file can not be used as it is"
        case .validation: "The project asks for what can not run"
        case .security: "A plugin is not trusted"
        }
    }

    /// What the family holds, and the exit code that its errors lead to.
    var explanation: String {
        switch self {
        case .configuration:
            "An unreadable or malformed file, an unknown key, a value of the wrong type, an unknown pipeline or dataset. "
                + "Errors lead to the exit code \(ExitStatus.configuration.rawValue)."
        case .validation:
            "A cycle, an unknown function, a wrong parameter, the wrong number or kind of inputs, a plugin that does not "
                + "fit. Errors lead to the exit code \(ExitStatus.validation.rawValue)."
        case .security:
            "A plugin that others could have changed, or that is not the locked one. "
                + "Errors lead to the exit code \(ExitStatus.security.rawValue)."
        }
    }
}
