import TauroModel

/// Turns what a project says of its ML nodes into one value: `ml_info` of the global settings under the older
/// `ml_config` under the section `ml_info`.
struct MLInfoDecoder {
    let projectDirectory: String
    /// Replaces the references of a file that the global settings name.
    let interpolator: Interpolator
    let findings: Findings

    /// All sources, those that others win over first.
    ///
    /// `setting` is `ml_info` of the global settings; `pipelines` has the names a source may be for.
    func decode(setting: ConfigValue?, mlConfig: ConfigValue?, mlInfo: ConfigValue?, pipelines: [String]) -> MLInfo {
        var layers: [MLInfo.Layer] = []
        if let setting { layers += layer(of: setting, pipelines) }
        if let mlConfig { layers += layer(.mlConfig, mlConfig, Owner("`ml_config`"), pipelines) }
        if let mlInfo { layers += layer(.mlInfo, mlInfo, Owner("`ml_info`"), pipelines) }
        return MLInfo(layers)
    }

    /// The map itself, or that of the file it names.
    private func layer(of setting: ConfigValue, _ pipelines: [String]) -> [MLInfo.Layer] {
        switch setting.content {
        case .map: return layer(.mlInfo, setting, Owner("`ml_info` of global settings"), pipelines)
        case .string(let text) where !setting.isSecret && !findings.isUnusable(setting):
            let read = MLInfoFile(
                text,
                namedAt: setting.location,
                projectDirectory: projectDirectory,
                interpolator: interpolator,
                findings: findings
            )
            guard let read else { return [] }
            let owner = Owner("`\(read.section.rawValue)`")
            return layer(read.section == .mlConfig ? .mlConfig : .mlInfo, read.root, owner, pipelines)
        default: return []
        }
    }

    private func layer(
        _ keySet: ConfigKeySet,
        _ value: ConfigValue,
        _ owner: Owner,
        _ pipelines: [String]
    ) -> [MLInfo.Layer] {
        guard let fields = FieldsReader(keySet, findings: findings).read(value, of: owner, at: value.location) else {
            return []
        }
        let pipeline = fields.locatedText("pipeline_name")
        if let pipeline, !pipelines.contains(pipeline.value) {
            let end = Suggestion.end(for: pipeline.value, in: pipelines)
            findings.warning(
                "`pipeline_name` of \(owner.description): there is no pipeline `\(pipeline.value)`\(end)",
                at: pipeline.location,
                notes: ["What it says reaches only nodes of that pipeline; remove the key to reach all."]
            )
        }
        return [
            MLInfo.Layer(
                pipeline: pipeline?.value,
                hyperparameters: fields.map("hyperparams"),
                modelVersion: fields.text("model_version")
            )
        ]
    }
}
