extension Context {
    /// What `id` means outside a run: an entry of `input.yaml`, or else what a run stores.
    package func dataset(_ id: String) -> PlannedInput? {
        if let input = input(id) { return .source(input) }
        return stores(id) ? outputDefinition(for: id).map { .stored($0) } : nil
    }

    /// Every id that means something outside a run, sorted.
    package var datasetIDs: [String] { storedIDs.union(inputs.map(\.id)).sorted() }
}

extension PlannedInput {
    /// How it is described; nil for a result of the run.
    package var definition: DatasetDefinition? {
        switch self {
        case .result: nil
        case .source(let dataset), .stored(let dataset): dataset
        }
    }
}
