public import TauroModel

extension DependencyResolver {
    /// The names in a value that states dependencies in one of its five forms: a name, a map with one key, a list of
    /// names, a list of maps with one key each, or a list of both; null states none.
    ///
    /// - Throws: `DependencyError` that says everything that names no node, in the original's words.
    public static func normalizeDependencies(_ dependencies: ConfigValue) throws(DependencyError) -> [String] {
        let read = NodeNames(dependencies)
        try check(read) { problem in
            switch problem.kind {
            case .empty: "Dependency cannot be None"
            case .notOneKey: "Dict dependency must have exactly one key-value pair: \(problem.value)"
            default: "Unsupported dependency type: \(typeName(of: problem.value)), \(problem.value)"
            }
        }
        return read.names.map(\.value)
    }

    /// The name in one item of a list of dependencies: a name, or a map with one key.
    ///
    /// - Throws: `DependencyError` in the original's words.
    public static func extractDependencyName(_ dependency: ConfigValue) throws(DependencyError) -> String {
        let names = try normalizeDependencies(ConfigValue(.list([dependency]), at: dependency.location))
        // A single item without a problem has a name.
        return names[0]
    }

    /// The names in a value that lists a pipeline's nodes: names, maps with one key, or maps with `name`.
    ///
    /// - Throws: `DependencyError` that says everything that names no node, in the original's words.
    public static func extractPipelineNodes(_ nodes: ConfigValue) throws(DependencyError) -> [String] {
        let read = NodeNames(nodes, takesNamedMaps: true)
        try check(read) { "Invalid node format in pipeline: \($0.value)" }
        return read.names.map(\.value)
    }

    /// The names of a pipeline's nodes, each once, in the order of the file.
    public static func extractPipelineNodes(_ pipeline: PipelineDefinition) -> [String] {
        unique(pipeline.nodes.map(\.value))
    }

    private static func check(
        _ read: NodeNames,
        _ sentence: (NodeNames.Problem) -> String
    ) throws(DependencyError) {
        let sentences = read.problems.filter(\.isError).map(sentence)
        if !sentences.isEmpty { throw DependencyError(message: sentences.joined(separator: "\n")) }
    }

    private static func typeName(of value: ConfigValue) -> String {
        switch value.content {
        case .null: "null"
        case .bool: "bool"
        case .integer: "integer"
        case .double: "number"
        case .string: "text"
        case .list: "list"
        case .map: "map"
        }
    }
}
