import TauroBasics

/// A commit of somebody else that came first and changed what this one was made from.
///
/// Source: the Delta Transaction Log Protocol, section "Delta Log Entries", which leaves the decision to writers.
struct DeltaConflict: Equatable {
    /// What a commit does to rows that are there.
    enum Kind {
        /// Looks at none of them.
        case adding
        /// Takes some away that it has looked at.
        case replacing
    }

    /// The other's version.
    let version: Int64
    /// What the other calls its operation.
    let operation: String
    /// What it changed.
    let change: String

    /// Decides whether a commit still means the same after `others`, which came first; nil where it does.
    static func first(for kind: Kind, among others: [(version: Int64, actions: [DeltaAction])]) -> DeltaConflict? {
        others.lazy.compactMap { other in
            change(other.actions, for: kind).map {
                DeltaConflict(version: other.version, operation: operation(of: other.actions), change: $0)
            }
        }.first
    }

    private static func change(_ actions: [DeltaAction], for kind: Kind) -> String? {
        var hasFiles = false
        for action in actions {
            switch action {
            case .versions: return "changed the table's protocol"
            case .metadata: return "changed the table's columns or settings"
            case .add, .remove: hasFiles = true
            case .commitInfo, .transaction, .other: break
            }
        }
        return kind == .replacing && hasFiles ? "changed the table's rows" : nil
    }

    private static func operation(of actions: [DeltaAction]) -> String {
        for case .commitInfo(let info) in actions {
            let mode = info["operationParameters"]?["mode"]?.text.map { " \($0)" } ?? ""
            if let operation = info["operation"]?.text { return operation + mode }
        }
        return "unnamed operation"
    }
}
