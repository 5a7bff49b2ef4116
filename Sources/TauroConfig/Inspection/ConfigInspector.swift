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

    init(context: Context, reader: ProjectReader, interpolator: Interpolator, source: ConfigSource) {
        self.context = context
        self.reader = reader
        layers = reader.layers
        self.interpolator = interpolator
        self.source = source
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
        let paths = Inheritance.paths(from: path, pipeline: choice.pipeline)
        let isInherited = paths.count > 1
        var stack = LayerStack()
        for path in paths {
            stack.add(layers(at: path), of: path.owner, effective: path.find(in: reader[path.section].root)?.value)
        }
        if stack.isEmpty {
            do throws(ConfigKeyPath.Problem) {
                try path.checkIsKnown(in: reader[path.section].root)
            } catch {
                throw Self.unknown(key, error)
            }
        }
        stack.addBuiltIn(BuiltInValue.of(paths))
        return ConfigExplanation(
            key: key,
            value: stack.value,
            layers: stack.layers,
            pipeline: isInherited ? choice.pipeline : nil,
            pipelinesToChoose: isInherited ? choice.others : [],
            source: source
        )
    }

    /// What each file says, the last file first.
    private func layers(at path: ConfigKeyPath) -> [LayerStack.Written] {
        layers.reversed().compactMap { layer in
            guard layer.section == path.section, let found = path.find(in: layer.root) else { return nil }
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
