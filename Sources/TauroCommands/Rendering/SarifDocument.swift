import TauroBasics
import TauroModel

/// Findings as a log in SARIF 2.1.0, for continuous integration: one run of one tool.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
struct SarifDocument {
    /// What relative paths are relative to, by the name the log knows it by.
    private static let base = "PROJECT"

    /// Absolute directory of the project.
    let project: String

    func document(_ diagnostics: [Diagnostic], status: ExitStatus) -> JSONValue {
        [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": ["driver": SarifDocument.driver],
                    "invocations": [
                        [
                            "executionSuccessful": .bool(status != .unexpected),
                            "exitCode": .integer(Int64(status.rawValue)),
                        ]
                    ],
                    "originalUriBaseIds": [
                        SarifDocument.base: ["uri": .string(FileURI.absolute(directory: project))]
                    ],
                    "columnKind": "unicodeCodePoints",
                    "results": .array(diagnostics.map { result($0) }),
                ]
            ],
        ]
    }

    private static let driver: JSONValue = [
        "name": "tauro-host",
        "version": .string("\(HostVersion.text)"),
        "semanticVersion": .string("\(HostVersion.text)"),
        "rules": .array(
            FindingFamily.allCases.map { family in
                [
                    "id": .string(family.rawValue),
                    "shortDescription": ["text": .string(family.title + ".")],
                    "fullDescription": ["text": .string(family.explanation)],
                    "defaultConfiguration": ["level": "error"],
                ]
            }
        ),
    ]

    private func result(_ diagnostic: Diagnostic) -> JSONValue {
        let family = FindingFamily(diagnostic.kind)
        let text = ([diagnostic.message] + diagnostic.notes).joined(separator: "\n")
        return [
            "ruleId": .string(family.rawValue),
            "ruleIndex": .integer(Int64(FindingFamily.allCases.firstIndex(of: family) ?? 0)),
            "level": .string(diagnostic.severity.rawValue),
            "message": ["text": .string(text)],
            "locations": [["physicalLocation": place(diagnostic.location)]],
        ]
    }

    /// What has no place in a file, such as a value of the command line, is shown at the project: readers of such logs pass
    /// over what is shown nowhere.
    private func place(_ location: SourceLocation?) -> JSONValue {
        guard let location, FilePath.isAbsolute(location.file) else { return ["artifactLocation": artifact(project)] }
        var members = [JSONValue.Member("artifactLocation", artifact(location.file))]
        if location.line > 0 {
            var region = [JSONValue.Member("startLine", .integer(Int64(location.line)))]
            if location.column > 0 { region.append(.init("startColumn", .integer(Int64(location.column)))) }
            members.append(.init("region", .object(region)))
        }
        return .object(members)
    }

    private func artifact(_ path: String) -> JSONValue {
        if path == project { return ["uri": "./", "uriBaseId": .string(SarifDocument.base)] }
        let prefix = project.hasSuffix("/") ? project : project + "/"
        guard path.hasPrefix(prefix) else { return ["uri": .string(FileURI.absolute(path))] }
        return [
            "uri": .string(FileURI.relative(String(path.dropFirst(prefix.count)))),
            "uriBaseId": .string(SarifDocument.base),
        ]
    }
}
