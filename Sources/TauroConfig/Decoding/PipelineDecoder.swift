import TauroModel

/// Turns the section `pipelines` into pipelines.
struct PipelineDecoder {
    let findings: Findings

    /// The pipelines in the order of the file.
    ///
    /// `nodes` is the section of that name, where a scalar `type` may say the kind of pipelines that say none.
    func decode(_ section: ConfigValue, nodes: ConfigValue?) -> [PipelineDefinition] {
        guard case .map(let entries) = section.content else { return [] }
        let reader = FieldsReader(.pipeline, findings: findings)
        let kind = nodes.flatMap(kindBesideNodes) ?? .batch
        return entries.compactMap { entry in
            let owner = Owner("pipeline", entry.key)
            return findings.readingEntry(at: entry.keyLocation) {
                reader.read(entry.value, of: owner, at: entry.keyLocation).map { fields in
                    pipeline(entry, fields, owner, kind: kind)
                }
            }
        }
    }

    private func pipeline(
        _ entry: ConfigValue.Entry,
        _ fields: Fields,
        _ owner: Owner,
        kind: PipelineDefinition.Kind
    ) -> PipelineDefinition {
        let shared = config(fields, owner)
        let names = NameList(field: "nodes", owner: owner, takesNamedMaps: true, findings: findings)
        return PipelineDefinition(
            name: entry.key,
            kind: fields.text("type").flatMap(PipelineDefinition.Kind.init) ?? kind,
            nodes: fields["nodes"].map(names.read) ?? [],
            description: fields.text("description"),
            parameters: fields.map("params"),
            hyperparameters: (shared?.map("hyperparams") ?? [:])
                .merging(fields.map("hyperparams")) { _, nearer in nearer },
            tags: (fields.texts("tags") ?? []).map(\.value),
            modelVersion: fields.text("model_version") ?? shared?.text("model_version"),
            maxWorkers: WorkerCount.read(fields, of: owner, findings: findings),
            requiresDates: fields["requires_dates"]?.content == .bool(true),
            execution: fields.executionSettings(of: owner, findings: findings),
            location: entry.keyLocation
        )
    }

    /// What is wrong in it is among the findings already, as it belongs to the pipeline's own keys.
    private func config(_ fields: Fields, _ owner: Owner) -> Fields? {
        guard let value = fields["config"] else { return nil }
        let owner = Owner("`config` of \(owner.kind)", owner.name)
        return FieldsReader(.pipelineConfig, findings: findings).read(value, of: owner, at: value.location)
    }

    private func kindBesideNodes(_ nodes: ConfigValue) -> PipelineDefinition.Kind? {
        guard case .map(let entries) = nodes.content, let entry = entries.first(where: NodeDecoder.isPipelineType)
        else { return nil }
        let words = PipelineDefinition.Kind.allCases.map(\.rawValue)
        let checker = TypeChecker(field: "type", owner: Owner("the nodes' pipeline"), findings: findings)
        guard checker.check(entry.value, as: .word(words)), case .string(let text) = entry.value.content else {
            return nil
        }
        return PipelineDefinition.Kind(rawValue: text)
    }
}
