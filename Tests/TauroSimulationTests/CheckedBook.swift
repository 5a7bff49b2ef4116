import TauroModel

@testable import TauroExecution

/// The books of a run, with a look at every action before it is booked.
struct CheckedBook: RunBook {
    var book: PipelineBook
    var checks: ActionChecks

    mutating func note(
        _ action: RunMachine.Action,
        into entries: inout [JournalEntry]
    ) -> BookedAction<PipelineBook.Step> {
        guard checks.allow(action) else { return .noted }
        let booked = book.note(action, into: &entries)
        if case .happened(let event) = booked { checks.hear(event) }
        return booked
    }
}
