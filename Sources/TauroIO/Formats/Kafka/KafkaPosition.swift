import TauroBasics
import TauroModel

/// Where a dataset says that reading begins or ends.
enum KafkaPosition: Equatable {
    case earliest
    case latest
    /// Offsets by partition; what is not named begins at the earliest and ends at the latest.
    case offsets([Int32: Place])
    /// The first message of this moment or after it: milliseconds since 1970.
    case moment(Int64)

    /// Where in one partition.
    enum Place: Equatable {
        case earliest
        case latest
        case offset(Int64)
    }

    /// What is wrong with how a position is written: a clause.
    struct Problem: Error, Equatable {
        let text: String
    }

    private static let form = #"expected earliest, latest or offsets by partition such as {"0": 23, "1": -2}"#

    /// Reads `earliest`, `latest`, or offsets as Spark writes them: `{"topic": {"0": 23, "1": -2}}`, as a text of JSON or
    /// a map, with or without the topic; -2 is the earliest, -1 the latest.
    @inline(never)
    init(_ value: ConfigValue, topic: String?) throws(Problem) {
        switch value.content {
        case .string("earliest"): self = .earliest
        case .string("latest"): self = .latest
        case .string(let text):
            guard let document = try? JSONValue(parsing: text), case .object(let members) = document else {
                throw Problem(text: "\(Self.form), found \(value.words)")
            }
            self = .offsets(try Self.offsets(members.map { ($0.key, $0.value) }, topic))
        case .map(let entries):
            var members: [(key: String, value: JSONValue)] = []
            for entry in entries { members.append((entry.key, try Self.json(entry.value))) }
            self = .offsets(try Self.offsets(members, topic))
        default: throw Problem(text: "\(Self.form), found \(value.words)")
        }
    }

    /// Reads a moment: milliseconds since 1970, or a day or a moment as ISO 8601 writes it.
    @inline(never)
    init(moment value: ConfigValue) throws(Problem) {
        let text = value.plainText ?? ""
        if let milliseconds = Int64(text), milliseconds >= 0 {
            self = .moment(milliseconds)
        } else if let timestamp = Timestamp(parsing: text) {
            self = .moment(timestamp.millisecondsSinceEpoch)
        } else {
            throw Problem(
                text: "expected milliseconds since 1970 or a moment such as 2026-01-31T10:00:00Z, found \(value.words)"
            )
        }
    }

    /// Where in a partition; `otherwise` where it is not named.
    func place(in partition: Int32, otherwise: Place) -> Place? {
        switch self {
        case .earliest: .earliest
        case .latest: .latest
        case .offsets(let places): places[partition] ?? otherwise
        case .moment: nil
        }
    }

    private static func json(_ value: ConfigValue) throws(Problem) -> JSONValue {
        switch value.content {
        case .integer(let number): return .integer(number)
        case .map(let entries):
            var members: [JSONValue.Member] = []
            for entry in entries { members.append(.init(entry.key, try json(entry.value))) }
            return .object(members)
        default: throw Problem(text: "\(form), found \(value.words)")
        }
    }

    private static func offsets(
        _ members: [(key: String, value: JSONValue)],
        _ topic: String?
    ) throws(Problem) -> [Int32: Place] {
        if members.count == 1, case .object(let inner) = members[0].value {
            guard topic == nil || members[0].key == topic else {
                throw Problem(
                    text: "the offsets are of the topic '\(members[0].key)', and the topic is '\(topic ?? "")'"
                )
            }
            return try offsets(inner.map { ($0.key, $0.value) }, nil)
        }
        var places: [Int32: Place] = [:]
        for member in members {
            guard let partition = Int32(member.key), partition >= 0 else {
                throw Problem(text: "'\(member.key)' is no number of a partition; \(form)")
            }
            guard case .integer(let offset) = member.value, offset >= -2 else {
                throw Problem(
                    text: "partition \(partition) has no whole number from -2 for its offset; \(form)"
                )
            }
            places[partition] = offset == -2 ? .earliest : offset == -1 ? .latest : .offset(offset)
        }
        return places
    }
}
