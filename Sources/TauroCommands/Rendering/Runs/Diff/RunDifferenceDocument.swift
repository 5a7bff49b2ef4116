import TauroBasics
import TauroModel

/// What differs between two runs as one JSON document: every key present, also of what is alike.
enum RunDifferenceDocument {
    static func document(_ difference: RunDifference, errors: [JSONValue] = []) -> JSONValue {
        let ids = [difference.first, difference.second].map { JSONValue.string($0.history.record.id) }
        return [
            "first": ids[0],
            "second": ids[1],
            "run": .object(difference.run.map { .init(key($0.name), pair($0)) }),
            "duration_seconds": [
                "first": .double(difference.first.times.seconds), "second": .double(difference.second.times.seconds),
            ],
            "nodes": .object(difference.nodes.map { .init($0.name, node($0)) }),
            "errors": .array(errors),
        ]
    }

    private static func node(_ node: RunDifference.Node) -> JSONValue {
        [
            "differs": .bool(node.differs),
            "first": side(node.first),
            "second": side(node.second),
            "inputs": .object(node.inputs.map { .init($0.name, pair($0)) }),
        ]
    }

    private static func side(_ side: RunDifference.Side?) -> JSONValue {
        guard let side else { return .null }
        return [
            "status": .string(side.node.status.rawValue),
            "attempts": .integer(Int64(side.node.attempts.count)),
            "duration_seconds": side.seconds.map { .double($0) } ?? .null,
            "rows": side.rows.map { .integer($0) } ?? .null,
            "outputs": .array(
                (side.node.completion?.outputs ?? []).map {
                    ["id": .string($0.record.id), "bytes": .integer($0.record.bytes)]
                }
            ),
        ]
    }

    /// The name as keys of documents are written.
    private static func key(_ name: String) -> String { name.split(separator: " ").joined(separator: "_") }

    private static func pair(_ pair: RunDifference.Pair) -> JSONValue {
        [
            "first": pair.first.map { .string($0) } ?? .null, "second": pair.second.map { .string($0) } ?? .null,
            "differs": .bool(pair.differs),
        ]
    }
}
