import TauroBasics
import TauroModel

/// Turns the section `nodes` into nodes.
struct NodeDecoder {
    let findings: Findings

    /// The nodes in the order of the file.
    ///
    /// A scalar `type` beside them is no node.
    func decode(_ section: ConfigValue) -> [NodeDefinition] {
        guard case .map(let entries) = section.content else { return [] }
        let reader = FieldsReader(.node, findings: findings)
        return entries.compactMap { entry in
            if Self.isPipelineType(entry) { return nil }
            let owner = Owner("node", entry.key)
            return findings.readingEntry(at: entry.keyLocation) {
                reader.read(entry.value, of: owner, at: entry.keyLocation).map { node(entry, $0, owner) }
            }
        }
    }

    /// Whether the entry is a pipeline's `type: hybrid` written beside its nodes.
    static func isPipelineType(_ entry: ConfigValue.Entry) -> Bool {
        if entry.key == "type", case .string = entry.value.content { true } else { false }
    }

    private func node(_ entry: ConfigValue.Entry, _ fields: Fields, _ owner: Owner) -> NodeDefinition {
        checkEmptyInput(entry, owner)
        let dependencies = NameList(field: "dependencies", owner: owner, takesNamedMaps: false, findings: findings)
        let outputs = fields.texts("output") ?? []
        checkOutputs(outputs, owner)
        let streamInput = fields["input"].flatMap(StreamEndpoint.init)
        // The map of a streaming node names no dataset.
        let inputs = fields["input"].map { _ in fields.texts("input") ?? [] }
        for input in inputs ?? [] where input.value.isEmpty {
            findings.error("`input` of \(owner.description) has an empty id.", at: input.location)
        }
        return NodeDefinition(
            name: entry.key,
            function: function(fields, owner) ?? Located("", at: entry.keyLocation),
            inputs: inputs,
            outputs: outputs,
            dependencies: fields["dependencies"].map(dependencies.read) ?? [],
            parameters: fields.map("params"),
            hyperparameters: fields.map("hyperparams"),
            metrics: (fields.texts("metrics") ?? []).map(\.value),
            description: fields.text("description"),
            tags: (fields.texts("tags") ?? []).map(\.value),
            checks: CheckDecoder(owner: owner, findings: findings).checks(fields["checks"]),
            execution: fields.executionSettings(of: owner, findings: findings),
            streamInput: streamInput,
            streamOutput: fields["output"].flatMap(StreamEndpoint.init),
            location: entry.keyLocation
        )
    }

    /// `function` alone, or `module` and `function` joined.
    private func function(_ fields: Fields, _ owner: Owner) -> Located<String>? {
        guard let function = fields.locatedText("function") else { return nil }
        let module = fields.locatedText("module")
        let name = module.map { "\($0.value).\(function.value)" } ?? function.value
        if Self.isDottedName(name) { return Located(name, at: function.location) }
        findings.error(
            "`function` of \(owner.description): "
                + "\(ValueDescription.quoted(name)) is not the dotted name of a function.",
            at: function.location,
            notes: [
                "Names are made of letters, digits and `_`, with dots between them, for example `flights.etl.clean`."
            ]
        )
        return nil
    }

    /// An `input` without value could mean `[]` as well as no key at all, which do different things.
    private func checkEmptyInput(_ entry: ConfigValue.Entry, _ owner: Owner) {
        guard let input = entry.value["input"], input.content == .null, !findings.isUnusable(input) else { return }
        findings.error(
            "`input` of \(owner.description) has no value.",
            at: input.location,
            notes: ["Write `[]` to pass nothing, or remove the key to pass the results of `dependencies`."]
        )
    }

    private func checkOutputs(_ outputs: [Located<String>], _ owner: Owner) {
        var seen: Set<String> = []
        for output in outputs {
            OutputIdentifier.check(output, "`output` of \(owner.description)", findings: findings)
            if !seen.insert(output.value).inserted {
                findings.error("`output` of \(owner.description) names `\(output.value)` twice.", at: output.location)
            }
        }
    }

    private static func isDottedName(_ name: String) -> Bool {
        name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.first, !first.isASCIIDigit else { return false }
            return part.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
        }
    }
}

/// Checks the ids of outputs.
enum OutputIdentifier {
    /// Complains about an id that is none; `subject` says whose it is.
    static func check(_ id: Located<String>, _ subject: String, findings: Findings) {
        if DatasetIdentifier(id.value) != nil { return }
        findings.error(
            "\(subject): \(ValueDescription.quoted(id.value)) is not the id of an output.",
            at: id.location,
            notes: [
                "An id has one to three parts with dots between them, of letters, digits, `_` and `-`: "
                    + "table, schema.table or schema.folder.table."
            ]
        )
    }
}
