package import TauroModel

/// Decides which results are copied into the run's directory, so that a run that is resumed need not make them again.
package struct ResultCopying: Sendable {
    /// Keeps the copies; nil where none are kept.
    let keeper: (any ResultKeeper)?
    private let writer: any DatasetWriter
    /// The most bytes of a result that no output holds and that is copied all the same.
    private let limit: Int64

    package init(keeper: (any ResultKeeper)?, writer: any DatasetWriter, limit: Int64) {
        self.keeper = keeper
        self.writer = writer
        self.limit = limit
    }

    /// Whether a result that others read is copied: no output gives it back as it was.
    ///
    /// Where an output holds it, always, because the node must not run again; else it is copied where it is small, and made
    /// anew where it is not.
    func isWanted(_ result: Dataset, of node: PlannedNode) -> Bool {
        guard keeper != nil else { return false }
        if node.outputs.contains(where: { writer.restoresExactly(result, as: $0) }) { return false }
        return !node.outputs.isEmpty || result.bufferSizes.values.reduce(0, +) <= limit
    }
}
