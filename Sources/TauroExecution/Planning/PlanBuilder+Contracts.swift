import TauroModel

extension PlanBuilder {
    /// Checks that what nodes promise of their results can be held: that there will be rows.
    mutating func checkContracts(
        _ definitions: [NodeDefinition],
        _ signatures: [NodeSignature?],
        _ outputs: [[DatasetDefinition]]
    ) {
        for place in definitions.indices {
            guard let signature = signatures[place], signature.result != .frame else { continue }
            let node = definitions[place]
            if let check = node.checks.first { reportWithoutRows("`checks`", at: check.location, node, signature) }
            for output in outputs[place] where signature.result == .artifact && output.contract(.writing) != nil {
                let location = output.checks.first?.location ?? output.columns.first?.location
                reportWithoutRows("`schema` and `checks` of output '\(output.id)'", at: location, node, signature)
            }
        }
    }

    private mutating func reportWithoutRows(
        _ what: String,
        at location: SourceLocation?,
        _ node: NodeDefinition,
        _ signature: NodeSignature
    ) {
        let result = signature.result == .artifact ? "an artifact" : "nothing"
        diagnostics.append(
            Diagnostic(
                .error,
                .validation,
                "Node '\(node.name)': \(what) are about rows, but \(signature.name) returns \(result)",
                at: location ?? node.location,
                notes: ["remove them, or call a function that returns a frame"]
            )
        )
    }
}
