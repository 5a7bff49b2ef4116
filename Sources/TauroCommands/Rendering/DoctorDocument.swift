import TauroBasics
import TauroModel
import TauroRuntime

/// What of the host and of the things it can use is there, as one JSON document: every key present.
enum DoctorDocument {
    static func document(_ survey: InstallationSurvey, _ plugins: PluginSurvey) -> JSONValue {
        let version = survey.parts.first { $0.name == .duckdb }?.version ?? ""
        return [
            "complete": .bool(survey.isComplete),
            "parts": .array(survey.parts.map { document($0) }),
            "extensions": .array(
                survey.extensions.map { found in
                    [
                        "name": .string(found.name), "loaded": .bool(found.isLoaded),
                        "installed": .bool(found.isInstalled), "version": text(found.version),
                        "path": text(found.place),
                        "cure": found.isInstalled
                            ? .null : .string(PartWords.cure(ofExtension: found.name, version: version)),
                    ]
                }
            ),
            "plugins": PluginDocument.document(plugins),
            "machine": document(survey.resources),
        ]
    }

    private static func document(_ part: InstalledPart) -> JSONValue {
        [
            "name": .string(part.name.rawValue),
            "title": .string(PartWords.title(part.name)),
            "required": .bool(part.name.isRequired),
            "state": .string(part.state.rawValue),
            "version": text(part.version),
            "place": text(part.place),
            "problem": text(part.problem),
            "purpose": .string(PartWords.purpose(part.name)),
            "cure": text(PartWords.cure(part)),
        ]
    }

    private static func document(_ resources: MachineResources) -> JSONValue {
        [
            "processors": .integer(Int64(resources.processors)),
            "memory": number(resources.memory),
            "available_memory": number(resources.availableMemory),
            "directory": .string(resources.directory),
            "disk": number(resources.disk),
            "free_disk": number(resources.freeDisk),
        ]
    }

    private static func text(_ text: String?) -> JSONValue {
        text.map { $0.isEmpty ? .null : .string($0) } ?? .null
    }

    private static func number(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
}
