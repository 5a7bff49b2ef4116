/// A point in the storing of an output at which a crash may happen; tests stop there.
package enum CommitStep: String, Sendable, CaseIterable {
    /// The directory aside is made.
    case staged
    /// The new files are in it.
    case written
    /// What stays of the stored files is in it too; nobody else may store meanwhile.
    case joined
    /// It is the dataset's; the old one lies aside.
    case exchanged
    /// The old one is gone.
    case removed
}
