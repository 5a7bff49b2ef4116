import TauroBasics
import TauroModel

/// Findings as one JSON document, for editors: every key present, on every exit.
enum FindingsDocument {
    static func document(_ diagnostics: [Diagnostic]) -> JSONValue {
        [
            "diagnostics": .array(diagnostics.map { document($0) }),
            "counts": [
                "error": .integer(Int64(diagnostics.count(where: \.isError))),
                "warning": .integer(Int64(diagnostics.count { !$0.isError })),
            ],
        ]
    }

    private static func document(_ diagnostic: Diagnostic) -> JSONValue {
        let location = diagnostic.location
        return [
            "severity": .string(diagnostic.severity.rawValue),
            "kind": .string(FindingFamily(diagnostic.kind).rawValue),
            "message": .string(diagnostic.message),
            "file": location.map { .string($0.file) } ?? .null,
            "line": number(location?.line),
            "column": number(location?.column),
            "notes": .array(diagnostic.notes.map { .string($0) }),
        ]
    }

    /// Lines and columns are counted from 1: 0 says that there is none.
    private static func number(_ number: Int?) -> JSONValue {
        guard let number, number > 0 else { return .null }
        return .integer(Int64(number))
    }
}
