import TauroBasics

/// One line of a Delta table's log: a change to its state.
///
/// Source: the Delta Transaction Log Protocol, section "Actions" (PROTOCOL.md of delta-io).
enum DeltaAction: Equatable {
    /// Who committed, and what for; no part of the state.
    case commitInfo(JSONValue)
    case versions(DeltaVersions)
    case metadata(DeltaMetadata)
    case add(DeltaFile)
    case remove(DeltaFile)
    case transaction(DeltaTransaction)
    /// An action that this program has no use for.
    case other(name: String, JSONValue)

    /// Reads a line, or a row of a checkpoint, where actions that are not meant are null.
    ///
    /// Nil where it is no action.
    init?(_ line: JSONValue) {
        guard case .object(let members) = line, let action = members.first(where: { $0.value != .null }) else {
            return nil
        }
        let read: DeltaAction? =
            switch action.key {
            case "commitInfo": .commitInfo(action.value)
            case "protocol": DeltaVersions(action.value).map { .versions($0) }
            case "metaData": DeltaMetadata(action.value).map { .metadata($0) }
            case "add": DeltaFile(action.value).map { .add($0) }
            case "remove": DeltaFile(action.value).map { .remove($0) }
            case "txn": DeltaTransaction(action.value).map { .transaction($0) }
            default: .other(name: action.key, action.value)
            }
        guard let read else { return nil }
        self = read
    }

    /// The line.
    var json: JSONValue {
        switch self {
        case .commitInfo(let value): ["commitInfo": value]
        case .versions(let versions): ["protocol": versions.json]
        case .metadata(let metadata): ["metaData": metadata.json]
        case .add(let file): ["add": file.json]
        case .remove(let file): ["remove": file.json]
        case .transaction(let transaction): ["txn": transaction.json]
        case .other(let name, let value): .object([JSONValue.Member(name, value)])
        }
    }

    /// All actions of a commit's file.
    ///
    /// One without an action is what a machine leaves that lost its power.
    ///
    /// - Throws: `DeltaLog.Problem` that names the first line that is none, or the file where it has none.
    static func all(in file: String) throws -> [DeltaAction] {
        let lines = try FileSystem.readText(file).split(separator: "\n", omittingEmptySubsequences: false)
        let actions: [DeltaAction] = try lines.enumerated().compactMap { number, line in
            if line.isEmpty { return nil }
            guard let value = try? JSONValue(parsing: String(line)), let action = DeltaAction(value) else {
                throw DeltaLog.Problem(
                    description: "\(file):\(number + 1) is no whole line of JSON; put the file back as it was committed"
                )
            }
            return action
        }
        if actions.isEmpty {
            throw DeltaLog.Problem(description: "\(file) is empty; put the file back as it was committed")
        }
        return actions
    }
}

/// A writer's own count, by which it knows what it committed.
///
/// Source: section "Transaction Identifiers".
struct DeltaTransaction: Equatable {
    let application: String
    let version: Int64
    /// Milliseconds since 1970.
    let updated: Int64?

    init(application: String, version: Int64, updated: Int64?) {
        self.application = application
        self.version = version
        self.updated = updated
    }

    init?(_ json: JSONValue) {
        guard let application = json["appId"]?.text, let version = json["version"]?.number else { return nil }
        self.init(application: application, version: version, updated: json["lastUpdated"]?.number)
    }

    var json: JSONValue {
        [
            "appId": .string(application), "version": .integer(version),
            "lastUpdated": updated.map { .integer($0) } ?? .null,
        ]
    }
}

extension JSONValue {
    /// The text; nil for anything else.
    var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The whole number; nil for anything else.
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }

    /// The texts of an array; nil for anything else.
    var texts: [String]? { if case .array(let elements) = self { elements.compactMap(\.text) } else { nil } }

    /// The members of an object; none for anything else.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
}
