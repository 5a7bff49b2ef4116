import TauroBasics
import TauroModel

/// What `plugins check` found as one JSON document: every key present, on every exit.
enum CheckDocument {
    static func document(_ report: CheckReport) -> JSONValue {
        [
            "file": .string(report.path),
            "status": .string(report.hasErrors ? "failed" : "passed"),
            "size": .integer(Int64(clamping: report.size)),
            "build_id": text(report.buildID),
            "plugin": plugin(report.plugin),
            "nodes": .array(report.nodes.map { .string($0) }),
            "counts": counts(report.outcomes),
            "findings": .array(report.findings.map { finding($0) }),
            "fuzz": fuzz(report.fuzz),
            "errors": [],
        ]
    }

    /// The document of a file that could not be checked.
    static func document(notChecked path: String, because errors: [JSONValue]) -> JSONValue {
        [
            "file": .string(path), "status": "failed", "size": .null, "build_id": .null, "plugin": .null, "nodes": [],
            "counts": counts([]), "findings": [], "fuzz": .null, "errors": .array(errors),
        ]
    }

    private static func plugin(_ plugin: NodeSignature.Plugin?) -> JSONValue {
        guard let plugin else { return .null }
        return [
            "name": .string(plugin.name), "version": .string(plugin.version), "serial": .bool(plugin.isSerial),
        ]
    }

    private static func fuzz(_ fuzz: CheckReport.Fuzz?) -> JSONValue {
        guard let fuzz else { return .null }
        return ["seed": .integer(Int64(clamping: fuzz.seed)), "cases": .integer(Int64(fuzz.caseCount))]
    }

    private static func counts(_ outcomes: [CheckOutcome]) -> JSONValue {
        .object(
            CheckFinding.Severity.allCases.map { severity in
                JSONValue.Member(severity.rawValue, .integer(Int64(outcomes.count { $0.severity == severity })))
            }
        )
    }

    private static func finding(_ finding: CheckFinding) -> JSONValue {
        [
            "id": .string(finding.check.rawValue),
            "group": .string(finding.check.group.rawValue),
            "title": .string(finding.check.title),
            "severity": .string(finding.severity.rawValue),
            "node": text(finding.node),
            "message": .string(finding.message),
            "cure": text(finding.cure),
            "seed": finding.seed.map { .integer(Int64(clamping: $0)) } ?? .null,
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
