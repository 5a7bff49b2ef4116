import TauroModel

extension PlanBuilder {
    /// Finds what the queries among the nodes' inputs read, and which of these nodes store it.
    ///
    /// A query reads what is stored, so whoever reads a query waits for those who store that.
    mutating func findQueries(of definitions: [NodeDefinition], _ outputs: [[DatasetDefinition]]) {
        guard context.inputs.contains(where: { $0.query != nil }) else { return }
        for input in definitions.lazy.flatMap({ $0.inputs ?? [] }) where readByQueries[input.value] == nil {
            guard let dataset = context.input(input.value), dataset.query != nil else { continue }
            readByQueries[dataset.id] = datasets.datasets(readBy: dataset)
        }
        var read: Set<String> = []
        for case .stored(let dataset) in readByQueries.values.joined() { read.insert(dataset.id) }
        if read.isEmpty { return }
        for node in outputs.indices {
            for output in outputs[node] where read.contains(output.id) { outputStorers[output.id] = node }
        }
    }
}
