/// What becomes of a node of a run that is resumed.
package enum ResumeDecision: Sendable, Hashable {
    case restored
    /// It had stored everything when its host died, which could not be written down any more.
    case adopted
    /// It runs; with the reason where it had completed before.
    case runs(Reason?)

    /// Why a node that had completed runs again.
    package enum Reason: Sendable, Hashable {
        /// These have changed, by the names that people know them by.
        case changed([String])
        /// A node that it depends on runs again.
        case dependency(String)
        /// What it stored is not as it was; a sentence without an end.
        case trouble(String)
        /// A node that is to run reads its result, which nobody kept.
        case resultNotKept
    }
}

extension ResumeDecision.Reason {
    /// The reason as the end of a sentence: "it runs again because …".
    package var words: String {
        switch self {
        case .changed(let names): "\(names.joined(separator: ", ")) changed"
        case .dependency(let node): "'\(node)' runs again"
        case .trouble(let trouble): trouble
        case .resultNotKept: "its result is needed and was not kept"
        }
    }
}
