package import TauroModel

/// Keeps the books of a run while a dispatcher drives it: what stands where, what goes into the journal, what is told.
///
/// Always used under the dispatcher's lock, so it needs none of its own; what it does must be short.
package protocol RunBook: Sendable {
    /// What a thread is to do for an action.
    associatedtype Step: Sendable

    /// Takes note of an action, with what the journal has to remember of it, and says what follows from it.
    mutating func note(_ action: RunMachine.Action, into entries: inout [JournalEntry]) -> BookedAction<Step>
}

/// What follows from an action.
package enum BookedAction<Step: Sendable>: Sendable {
    /// Nothing more.
    case noted
    /// A thread has to do this.
    case step(Step)
    /// It is done already.
    case happened(RunMachine.Event)
    /// This is to be done at once, by whichever thread brought the news, when the lock is free again.
    case aside(@Sendable () -> Void)
}
