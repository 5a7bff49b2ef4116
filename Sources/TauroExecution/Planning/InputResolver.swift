import TauroModel

/// Finds out what an input id means: a result of this run, an entry of `input.yaml`, or what an earlier run stored.
struct InputResolver {
    /// What an id was resolved to; nodes are places in the pipeline's list.
    enum Source {
        case node(Int)
        case input(DatasetDefinition)
        case stored(DatasetDefinition)
    }

    private let context: Context
    private let definitions: [NodeDefinition]
    private let nodeIndexes: [String: Int]
    private let producers: OutputProducers

    init(context: Context, definitions: [NodeDefinition]) {
        self.context = context
        self.definitions = definitions
        var nodeIndexes = [String: Int](minimumCapacity: definitions.count)
        for index in definitions.indices { nodeIndexes[definitions[index].name] = index }
        self.nodeIndexes = nodeIndexes
        producers = OutputProducers(definitions)
    }

    /// The place of the node called `name` in the pipeline.
    func index(ofNode name: String) -> Int? { nodeIndexes[name] }

    /// What `id` means to the node at `consumer`.
    func source(of id: String, for consumer: Int?) -> Source? {
        if let producer = producer(of: id, for: consumer) { return .node(producer) }
        if let input = context.input(id) { return .input(input) }
        return context.stores(id) ? context.outputDefinition(for: id).map { .stored($0) } : nil
    }

    /// The dotted name of the function that the node at `index` calls.
    func function(ofNodeAt index: Int) -> String { definitions[index].function.value }

    /// The nodes whose results `node` lists among its inputs.
    func producers(of node: NodeDefinition) -> [Int] {
        let consumer = index(ofNode: node.name)
        return (node.inputs ?? []).compactMap { producer(of: $0.value, for: consumer) }
    }

    private func producer(of id: String, for consumer: Int?) -> Int? { producers.producer(of: id, for: consumer) }

    /// Every id that means something.
    var knownIDs: [String] { context.storedIDs.union(context.inputs.map(\.id)).sorted() }
}
