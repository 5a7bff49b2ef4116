/// Which nodes make which outputs, by their places in a list of nodes.
package struct OutputProducers: Sendable {
    private var first: [String: Int]
    /// The next node that makes the same output, which is wrong within a pipeline.
    private var second: [String: Int] = [:]

    /// Looks at the outputs of every node; what is no node makes nothing.
    package init(_ nodes: [NodeDefinition?]) {
        self.init(count: nodes.count) { nodes[$0]?.outputs ?? [] }
    }

    /// Looks at the outputs of every node.
    package init(_ nodes: [NodeDefinition]) {
        self.init(count: nodes.count) { nodes[$0].outputs }
    }

    private init(count: Int, outputs: (Int) -> [Located<String>]) {
        first = Dictionary(minimumCapacity: count)
        for place in 0..<count { add(outputs(place), at: place) }
    }

    private mutating func add(_ outputs: [Located<String>], at place: Int) {
        for output in outputs {
            guard let known = first[output.value] else {
                first[output.value] = place
                continue
            }
            if known != place, second[output.value] == nil { second[output.value] = place }
        }
    }

    /// The node whose result an input with this id is: another one than the consumer, which reads of its own output
    /// what an earlier run stored.
    package func producer(of id: String, for consumer: Int?) -> Int? {
        guard let producer = first[id] else { return nil }
        return producer == consumer ? second[id] : producer
    }

    /// Every id that a node makes.
    package var ids: some Collection<String> { first.keys }
}
