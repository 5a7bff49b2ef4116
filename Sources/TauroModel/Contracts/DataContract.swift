/// Everything that one table has to keep: its declared columns and its checks.
package struct DataContract: Sendable {
    /// When it is held.
    package enum Moment: Sendable {
        /// When a node reads the table; its rows have been cast to the declared types.
        case reading
        /// Before a node's result is put in place, so that the declared types have to be those of the result.
        case writing
    }

    /// The dataset that it is about; nil for a node's result, whatever that is stored as.
    package let dataset: String?
    /// The declared columns; others may stand beside them.
    package let columns: [DatasetDefinition.Column]
    /// The checks in the order of the file.
    package let checks: [DataCheck]
    /// When it is held.
    package let moment: Moment

    /// Creates a contract.
    package init(dataset: String?, columns: [DatasetDefinition.Column], checks: [DataCheck], moment: Moment) {
        self.dataset = dataset
        self.columns = columns
        self.checks = checks
        self.moment = moment
    }
}

extension DatasetDefinition {
    /// What the dataset has to keep; nil where it declares nothing that can be broken.
    ///
    /// Types alone are held by the cast that reading does.
    package func contract(_ moment: DataContract.Moment) -> DataContract? {
        let isBound = moment == .reading ? columns.contains { !$0.isNullable || $0.type == nil } : !columns.isEmpty
        if checks.isEmpty, !isBound { return nil }
        return DataContract(dataset: id, columns: columns, checks: checks, moment: moment)
    }
}

extension NodeDefinition {
    /// What the node's result has to keep; nil where the node states no checks.
    package var contract: DataContract? {
        checks.isEmpty ? nil : DataContract(dataset: nil, columns: [], checks: checks, moment: .writing)
    }
}
