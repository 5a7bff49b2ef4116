/// A new project: what it holds, and what to do with it.
struct ProjectScaffold {
    let name: PluginName
    /// All files.
    let files: [ScaffoldFile]
    /// The commands that build its plugin, run it and show the result, called in its directory.
    let steps: [String]

    /// A project made of a template; `host` is how people call this program.
    init(_ name: PluginName, _ template: ProjectTemplate, includeDirectory: String, host: String) {
        let content = template.content
        let steps = [
            "make", "\(host) run \(content.pipeline)", "\(host) datasets preview \(content.result)",
        ]
        self.name = name
        self.steps = steps
        files =
            [
                ScaffoldFile("README.md", ProjectScaffold.readme(content, steps), for: name),
                ScaffoldFile(".gitignore", ["build/", "plugins/", "out/", ".tauro/"].joined(separator: "\n")),
                CMakefile.file(ofProject: name, includeDirectory: includeDirectory),
                ScaffoldFile("src/nodes.c", content.source, for: name),
                ScaffoldFile("config/global_settings.yaml", content.settings),
                ScaffoldFile("config/pipelines.yaml", content.pipelines),
                ScaffoldFile("config/nodes.yaml", content.nodes, for: name),
                ScaffoldFile("config/input.yaml", content.input),
            ]
            + (content.mlInfo.map { [ScaffoldFile("config/ml_info.yaml", $0)] } ?? [])
            + content.data.map { ScaffoldFile("data/\($0.name)", $0.text) }
    }

    private static func readme(_ content: ProjectTemplate.Content, _ steps: [String]) -> String {
        let hyperparameters = content.mlInfo == nil ? "" : "\n  `ml_info.yaml`: the hyperparameters."
        return """
            # {{name}}

            \(content.opening)

            \(steps.map { "    \($0)" }.joined(separator: "\n"))

            These build the nodes, run the pipeline `\(content.pipeline)`, and show one of its results.

            - `config/pipelines.yaml`: which nodes make up a pipeline. `nodes.yaml`: what each node calls, reads and writes.
              `input.yaml`: where data comes from. `global_settings.yaml`: what holds for the whole project.\(hyperparameters)
            - `src/nodes.c`: the nodes. `make` compiles them to `plugins/{{name}}.so`.
            - `data/`: the sample data. `out/`: the results, each in the directory that its id names.

            `tauro-host validate` checks all of it without running anything, `tauro-host plan \(content.pipeline)` shows what a run
            would do, and `tauro-host plugins list` shows which functions there are.
            """
    }
}
