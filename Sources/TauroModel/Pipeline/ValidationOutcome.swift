/// What a check of one pipeline, or of a whole project, found.
package struct ValidationOutcome: Sendable {
    /// The pipelines that can run as they are, in the order of the file, each with the number of its nodes.
    package var validPipelines: [(name: String, nodes: Int)] = []
    /// All findings, each once, by place.
    package var diagnostics: [Diagnostic] = []

    package init() {}
}
