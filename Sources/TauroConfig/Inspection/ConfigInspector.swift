package import TauroModel

/// A loaded project that can say what each key's value is, and what sets it.
///
/// Belongs to one thread.
package struct ConfigInspector {
    private let context: Context
    private let reader: ProjectReader
    private let layers: [ConfigLayer]
    private let source: ConfigSource
    private let interpolator: Interpolator
    private let namedFile: MLInfoFile?

    init(context: Context, reader: ProjectReader, interpolator: Interpolator, source: ConfigSource) {
        self.context = context
        self.reader = reader
        layers = reader.layers
        self.interpolator = interpolator
        self.source = source
        namedFile = Self.namedFile(context, interpolator)
    }

    /// All sections that the project has, each under its documented name.
    package var sections: ConfigValue {
        let entries = ConfigSection.allCases.compactMap { section in
            reader[section].root.map {
                ConfigValue.Entry(key: section.rawValue, keyLocation: $0.location, value: $0)
            }
        }
        return ConfigValue(.map(entries), at: SourceLocation(file: context.projectDirectory))
    }

    /// What the value of a key is, and everything that sets it.
    ///
    /// - Parameters:
    ///   - key: the key with dots, for example `nodes.extract.isolation`.
    ///   - pipeline: the pipeline that a node's keys inherit from; its only one unless said.
    /// - Returns: the value with its layers.
    /// - Throws: `ConfigurationError` for a key or pipeline that the project does not have.
    package func explain(_ key: String, pipeline: String? = nil) throws(ConfigurationError) -> ConfigExplanation {
        let path: ConfigKeyPath
        do throws(ConfigKeyPath.Problem) {
            path = try ConfigKeyPath(key) { reader[$0].root }
        } catch {
            throw Self.unknown(key, error)
        }
        let choice = try choice(path, pipeline)
        let pipeline = path.section == .pipelines ? path.entry : choice.pipeline
        let steps = Inheritance.steps(from: path, pipeline: pipeline)
        let isInherited = steps.count > 1
        var stack = LayerStack(mergesOwners: path.key.count == 1)
        for step in steps where counts(step, for: pipeline) {
            stack.add(layers(at: step), of: step.path.owner, effective: step.path.find(in: root(of: step))?.value)
        }
        if stack.isEmpty {
            do throws(ConfigKeyPath.Problem) {
                try path.checkIsKnown(in: reader[path.section].root)
            } catch {
                throw Self.unknown(key, error)
            }
        }
        stack.addBuiltIn(BuiltInValue.of(steps.map(\.path)))
        return ConfigExplanation(
            key: key,
            value: stack.value,
            layers: stack.layers,
            pipeline: isInherited ? choice.pipeline : nil,
            pipelinesToChoose: isInherited ? choice.others : [],
            source: source
        )
    }

    private func root(of step: Inheritance.Step) -> ConfigValue? {
        step.isInNamedFile ? namedFile?.root : reader[step.path.section].root
    }

    /// Whether what a step leads to reaches a pipeline: the older form of `ml_info` may be for another one.
    private func counts(_ step: Inheritance.Step, for pipeline: String?) -> Bool {
        let section = step.isInNamedFile ? namedFile?.section : step.path.section
        guard section == .mlConfig, case .string(let only)? = root(of: step)?["pipeline_name"]?.content else {
            return true
        }
        return only == pipeline
    }

    private static func namedFile(_ context: Context, _ interpolator: Interpolator) -> MLInfoFile? {
        guard let setting = context.globalSettings.all["ml_info"], case .string(let path) = setting.content else {
            return nil
        }
        return MLInfoFile(
            path,
            namedAt: setting.location,
            projectDirectory: context.projectDirectory,
            interpolator: interpolator,
            findings: Findings()
        )
    }

    /// What each file says, the last file first.
    private func layers(at step: Inheritance.Step) -> [LayerStack.Written] {
        let path = step.path
        let roots =
            step.isInNamedFile
            ? [namedFile?.written].compactMap(\.self)
            : layers.reversed().filter { $0.section == path.section }.map(\.root)
        return roots.compactMap { root in
            guard let found = path.find(in: root) else { return nil }
            let value = interpolator.resolve(found.value).hidingUnresolvedSecrets
            return LayerStack.Written(
                value: value,
                template: value.isSecret ? nil : found.value.template,
                location: found.location
            )
        }
    }

    /// The pipeline that counts for a node, or those that could.
    private func choice(
        _ path: ConfigKeyPath,
        _ pipeline: String?
    ) throws(ConfigurationError) -> (pipeline: String?, others: [String]) {
        if let pipeline, context.pipeline(pipeline) == nil {
            let end = Suggestion.end(for: pipeline, in: context.pipelines.map(\.name))
            throw Self.error("There is no pipeline `\(pipeline)`\(end)", [])
        }
        guard path.section == .nodes, let node = path.entry else { return (nil, []) }
        let those = context.pipelines.filter { $0.nodes.contains { $0.value == node } }.map(\.name)
        if let pipeline, !those.contains(pipeline) {
            let note = those.isEmpty ? "It is in none." : "It is in \(those.joined(separator: ", "))."
            throw Self.error("Node `\(node)` is not in pipeline `\(pipeline)`.", [note])
        }
        if let pipeline { return (pipeline, []) }
        return those.count == 1 ? (those[0], []) : (nil, those)
    }

    private static func unknown(_ key: String, _ problem: ConfigKeyPath.Problem) -> ConfigurationError {
        error(problem.message, [problem.note])
    }

    private static func error(_ message: String, _ notes: [String]) -> ConfigurationError {
        ConfigurationError(
            operation: "look up a key",
            diagnostics: [Diagnostic(.error, .configuration, message, notes: notes)]
        )
    }
}

extension ConfigKeyPath {
    /// Whose key it is.
    fileprivate var owner: ConfigExplanation.Owner { .section(section.rawValue, entry: entry) }
}

extension ConfigValue {
    /// The text, if it has references and may be shown: what stands in for a secret is as secret.
    fileprivate var template: String? {
        guard case .string(let text) = content, text.hasReferences, !text.contains("${secret:") else { return nil }
        return text
    }

    /// Texts that still name a secret, because something else in them has no value, may hold what stands in for it.
    fileprivate var hidingUnresolvedSecrets: ConfigValue {
        var value = self
        switch content {
        case .string(let text): value.isSecret = isSecret || text.contains("${secret:")
        case .list(let items): value.content = .list(items.map(\.hidingUnresolvedSecrets))
        case .map(var entries):
            for index in entries.indices { entries[index].value = entries[index].value.hidingUnresolvedSecrets }
            value.content = .map(entries)
        default: break
        }
        return value
    }
}
