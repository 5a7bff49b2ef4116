import TauroModel

/// Which nodes of a pipeline make which outputs, by their places in the pipeline's list.
struct OutputProducers {
    private var places: [String: [Int]] = [:]

    /// Notes the ids that the node at `place` stores its result under.
    mutating func add(_ outputs: [Located<String>], at place: Int) {
        for output in outputs { places[output.value, default: []].append(place) }
    }

    /// The node whose result an input with this id is: another one than the consumer, which reads of its own output
    /// what an earlier run stored.
    func producer(of id: String, for consumer: Int?) -> Int? { places[id]?.first { $0 != consumer } }

    /// Every id that a node makes.
    var ids: some Collection<String> { places.keys }
}
