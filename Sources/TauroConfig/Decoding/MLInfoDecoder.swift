import TauroBasics
import TauroModel

/// Turns what a project says of its ML nodes into one value: `ml_info` of the global settings under the older
/// `ml_config` under the section `ml_info`.
struct MLInfoDecoder {
    let projectDirectory: String
    /// Replaces the references of a file that the global settings name.
    let scope: ReferenceScope
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
            guard let (section, root) = read(text, namedAt: setting.location) else { return [] }
            let owner = Owner("`\(section.rawValue)`")
            return layer(section == .mlConfig ? .mlConfig : .mlInfo, root, owner, pipelines)
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

    private func read(_ path: String, namedAt place: SourceLocation) -> (ConfigSection, ConfigValue)? {
        let file = FilePath.absolute(path, from: projectDirectory)
        guard ConfigFile.suffixes.contains(FilePath.suffix(file)), FileSystem.exists(file) else {
            findings.error(
                "`ml_info` of global settings: there is no file \(ValueDescription.quoted(path)).",
                at: place,
                notes: ["Looked for \(file); it is a .yaml, .yml or .json file, relative to the project."]
            )
            return nil
        }
        guard let document = ConfigFile.read(file, findings: findings) else { return nil }
        let section = ConfigSection(named: FilePath.stem(file)) == .mlConfig ? ConfigSection.mlConfig : .mlInfo
        guard let root = Wrapping(findings: findings).unwrap(document.root, section) else { return nil }
        let interpolator = Interpolator(
            scope: scope,
            quotedTemplates: document.quotedTemplates,
            findings: findings
        )
        return (section, interpolator.resolve(root))
    }
}
