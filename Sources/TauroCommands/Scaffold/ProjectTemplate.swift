/// What a new project begins with.
enum ProjectTemplate: String, CaseIterable {
    /// One node.
    case minimal
    /// Raw tables, clean ones, and those that people ask for: bronze, silver and gold.
    case medallion
    /// Features, training, evaluation and prediction.
    case ml

    /// What distinguishes a template's files; `{{name}}` in `source`, `nodes` and `opening` stands for the project's name.
    struct Content {
        /// What the project is about, for its README.
        let opening: String
        /// The pipeline to run, and the id of the result to look at.
        let pipeline: String
        let result: String
        let source: String
        let settings: String
        let pipelines: String
        let nodes: String
        let input: String
        /// The content of `ml_info.yaml`; nil where the project has none.
        var mlInfo: String?
        let data: [(name: String, text: String)]
    }

    var content: Content {
        switch self {
        case .minimal: MinimalTemplate.content
        case .medallion: MedallionTemplate.content
        case .ml: MLTemplate.content
        }
    }
}
