import Foundation

/// What the published schema of SARIF 2.1.0 asks of the parts that the program writes: which properties an object has to
/// have, which it may have, and which values they take.
///
/// Source: OASIS, `sarif-schema-2.1.0.json`, where no object but a property bag takes other properties.
enum SarifSchema {
    private struct Shape {
        let required: Set<String>
        let known: Set<String>
        /// The shape of what a property holds, or of each element of its list.
        let parts: [String: Shape]

        init(_ required: Set<String>, or optional: Set<String> = [], _ parts: [String: Shape] = [:]) {
            self.required = required
            self.known = required.union(optional)
            self.parts = parts
        }
    }

    private static let message = Shape([], or: ["text", "markdown", "id", "arguments", "properties"])
    private static let multiformat = Shape(["text"], or: ["markdown", "properties"])
    private static let artifact = Shape([], or: ["uri", "uriBaseId", "index", "description", "properties"])
    private static let log = Shape(
        ["version", "runs"],
        or: ["$schema", "inlineExternalProperties", "properties"],
        ["runs": run]
    )
    private static let run = Shape(
        ["tool"],
        or: ["invocations", "originalUriBaseIds", "artifacts", "columnKind", "results", "properties"],
        [
            "tool": Shape(["driver"], or: ["extensions"], ["driver": driver]), "invocations": invocation,
            "results": result,
        ]
    )
    private static let driver = Shape(
        ["name"],
        or: ["version", "semanticVersion", "informationUri", "rules", "organization", "properties"],
        ["rules": rule]
    )
    private static let rule = Shape(
        ["id"],
        or: ["name", "shortDescription", "fullDescription", "defaultConfiguration", "helpUri", "help", "properties"],
        [
            "shortDescription": multiformat, "fullDescription": multiformat,
            "defaultConfiguration": Shape([], or: ["enabled", "level", "rank", "parameters", "properties"]),
        ]
    )
    private static let invocation = Shape(["executionSuccessful"], or: ["exitCode", "commandLine", "properties"])
    private static let result = Shape(
        ["message"],
        or: ["ruleId", "ruleIndex", "level", "kind", "locations", "partialFingerprints", "properties"],
        ["message": message, "locations": Shape([], or: ["id", "physicalLocation"], ["physicalLocation": place])]
    )
    private static let place = Shape(
        [],
        or: ["artifactLocation", "region", "contextRegion"],
        ["artifactLocation": artifact, "region": Shape([], or: ["startLine", "startColumn", "endLine", "endColumn"])]
    )

    /// Everything that is not as the schema has it.
    static func problems(_ document: [String: Any]) -> [String] {
        var problems = check(document, log, "log")
        if document["version"] as? String != "2.1.0" { problems.append("version") }
        for run in runs(document) {
            let rules = (run["tool"] as? [String: [String: Any]])?["driver"]?["rules"] as? [[String: Any]] ?? []
            let ids = rules.compactMap { $0["id"] as? String }
            if Set(ids).count != ids.count { problems.append("two rules with one id") }
            if !["utf16CodeUnits", "unicodeCodePoints"].contains(run["columnKind"] as? String) {
                problems.append("columnKind")
            }
            for base in (run["originalUriBaseIds"] as? [String: [String: Any]] ?? [:]).values {
                problems += check(base, artifact, "originalUriBaseIds")
                if !(base["uri"] as? String ?? "").hasSuffix("/") { problems.append("a base that is no directory") }
            }
            for result in run["results"] as? [[String: Any]] ?? [] { problems += self.problems(result, ids) }
        }
        for uri in uris(document) where URL(string: uri) == nil || !isReference(uri) { problems.append("uri \(uri)") }
        return problems
    }

    static func runs(_ document: [String: Any]) -> [[String: Any]] { document["runs"] as? [[String: Any]] ?? [] }

    static func results(_ document: [String: Any]) -> [[String: Any]] {
        runs(document).flatMap { $0["results"] as? [[String: Any]] ?? [] }
    }

    /// The places' references, in the order of the results.
    static func uris(_ document: [String: Any]) -> [String] {
        places(document).compactMap { ($0["artifactLocation"] as? [String: Any])?["uri"] as? String }
    }

    private static func places(_ document: [String: Any]) -> [[String: Any]] {
        results(document).flatMap { $0["locations"] as? [[String: Any]] ?? [] }
            .compactMap { $0["physicalLocation"] as? [String: Any] }
    }

    private static func problems(_ result: [String: Any], _ rules: [String]) -> [String] {
        var problems: [String] = []
        if !["none", "note", "warning", "error"].contains(result["level"] as? String) { problems.append("level") }
        let message = result["message"] as? [String: Any] ?? [:]
        // A message has a text of its own, or names one of the rule's.
        if message["text"] == nil && message["id"] == nil { problems.append("a message without text") }
        let index = result["ruleIndex"] as? Int ?? -1
        if !rules.indices.contains(index) || rules[index] != result["ruleId"] as? String {
            problems.append("ruleIndex")
        }
        for location in result["locations"] as? [[String: Any]] ?? [] {
            let region = (location["physicalLocation"] as? [String: Any])?["region"] as? [String: Any] ?? [:]
            for (key, value) in region where (value as? Int ?? 0) < 1 { problems.append("region \(key)") }
        }
        return problems
    }

    private static func check(_ object: [String: Any], _ shape: Shape, _ path: String) -> [String] {
        let keys = Set(object.keys)
        var problems = shape.required.subtracting(keys).map { "\(path) has no \($0)" }
        problems += keys.subtracting(shape.known).map { "\(path) has an unknown \($0)" }
        for (key, part) in shape.parts {
            guard let value = object[key] else { continue }
            guard let elements = value as? [[String: Any]] ?? (value as? [String: Any]).map({ [$0] }) else {
                problems.append("\(path).\(key) holds no objects")
                continue
            }
            for element in elements { problems += check(element, part, "\(path).\(key)") }
        }
        return problems
    }

    /// RFC 3986: nothing but the characters of a reference, and `%` only before two hexadecimal digits.
    private static func isReference(_ text: String) -> Bool {
        text.wholeMatch(of: #/(?:[A-Za-z0-9\-._~:\/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*/#) != nil
    }
}
