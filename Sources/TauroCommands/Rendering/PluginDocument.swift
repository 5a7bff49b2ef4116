import TauroBasics
import TauroModel

/// Plugins as JSON.
enum PluginDocument {
    /// The functions that were found.
    static func document(_ functions: any SignatureSource) -> JSONValue {
        [
            "directories": .array(functions.searchedDirectories.map { .string($0) }),
            "functions": .array(functions.names.compactMap { functions.signature(named: $0) }.map { document($0) }),
            "refused": .array(functions.refusals.map { document($0) }),
        ]
    }

    /// Everything that the search saw.
    static func document(_ survey: PluginSurvey) -> JSONValue {
        ["directories": .array(survey.directories.map { document($0) })]
    }

    private static func document(_ signature: NodeSignature) -> JSONValue {
        [
            "name": .string(signature.name),
            "documentation": text(signature.documentation),
            "inputs": .array(
                signature.inputs.map { ["name": .string($0.name), "kind": .string($0.kind.rawValue)] }
            ),
            "ml": .bool(signature.takesML),
            "params": .array(signature.parameters.map { document($0) }),
            "returns": .string(signature.result.rawValue),
            "rowwise": .bool(signature.isRowwise),
            "symbol": .string(signature.symbol),
            "plugin": document(signature.plugin),
        ]
    }

    private static func document(_ parameter: NodeSignature.Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "type": .string(parameter.type.rawValue),
            "required": .bool(parameter.defaultValue == nil),
            "default": parameter.defaultValue.map { value($0) } ?? .null,
        ]
    }

    private static func document(_ plugin: NodeSignature.Plugin) -> JSONValue {
        [
            "path": .string(plugin.path), "name": .string(plugin.name), "version": .string(plugin.version),
            "serial": .bool(plugin.isSerial),
        ]
    }

    private static func document(_ refusal: PluginRefusal) -> JSONValue {
        [
            "path": .string(refusal.path), "reason": .string(refusal.reason), "cure": .string(refusal.cure),
            "untrusted": .bool(refusal.untrusted != nil),
            "duplicates": .array(refusal.duplicates.map { .string($0) }),
        ]
    }

    private static func document(_ searched: PluginSurvey.Directory) -> JSONValue {
        let (state, reason): (String, String?) =
            switch searched.state {
            case .searched: ("searched", nil)
            case .missing: ("missing", nil)
            case .ignored(let reason): ("ignored", reason)
            case .unreadable(let reason): ("unreadable", reason)
            }
        return [
            "path": .string(searched.directory.path), "origin": .string(searched.directory.origin.rawValue),
            "state": .string(state), "reason": text(reason), "files": .array(searched.files.map { document($0) }),
        ]
    }

    private static func document(_ file: PluginSurvey.File) -> JSONValue {
        let verdict: JSONValue =
            switch file.verdict {
            case .taken(let taken): document(taken)
            case .refused(let refusal): document(refusal)
            case .repeated(let path): ["path": .string(path)]
            }
        let word =
            switch file.verdict {
            case .taken: "taken"
            case .refused: "refused"
            case .repeated: "repeated"
            }
        return ["path": .string(file.path), "verdict": .string(word), word: verdict]
    }

    private static func document(_ taken: TakenPlugin) -> JSONValue {
        [
            "plugin": document(taken.plugin), "abi": .string(taken.abi),
            "nodes": .array(taken.nodes.map { .string($0) }),
            "owner": .integer(Int64(taken.owner)), "mode": .string(FileStatus.mode(taken.permissions)),
            "lock": document(taken.lock), "conflict": taken.conflict.map { document($0) } ?? .null,
        ]
    }

    private static func document(_ state: PluginLockState) -> JSONValue {
        let (word, locked, found): (String, String?, String?) =
            switch state {
            case .noLock: ("none", nil, nil)
            case .matches(let sha256): ("matches", sha256, sha256)
            case .differs(let locked, let found): ("differs", locked, found)
            case .unlisted(let found): ("unlisted", nil, found)
            case .unreadable: ("unreadable", nil, nil)
            }
        return ["state": .string(word), "locked_sha256": text(locked), "sha256": text(found)]
    }

    private static func value(_ value: ParameterValue) -> JSONValue {
        switch value {
        case .int64(let number): .integer(number)
        case .float64(let number): .double(number)
        case .bool(let flag): .bool(flag)
        case .string(let text): .string(text)
        }
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
