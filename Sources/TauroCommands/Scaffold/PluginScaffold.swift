/// A new plugin: what its project holds, and what to do with it.
struct PluginScaffold {
    let name: PluginName
    /// All files.
    let files: [ScaffoldFile]
    /// The commands that build, test, check and run it and show the result, called in its directory.
    let steps: [String]

    /// A plugin in C, which needs the headers alone; `host` is how people call this program.
    init(inC name: PluginName, includeDirectory: String, host: String) {
        let sources =
            [CMakefile.file(name, includeDirectory: includeDirectory), CPluginSource.file(name)]
            + CTallySource.files + CPluginTests.files(name)
        self.init(
            name,
            sources,
            SampleProject.files(function: "\(name.text).summary", node: "summary", parameter: "at_least"),
            steps: ["make", "make test"] + PluginScaffold.hostSteps(name, host),
            readme: ScaffoldReadme.c(name),
            ignored: ["build/"]
        )
    }

    /// A plugin in Swift, a package that depends on a checkout of this one; `host` is how people call this program.
    init(inSwift name: PluginName, checkout: String, host: String) {
        self.init(
            name,
            SwiftPackageFiles.files(name, checkout: checkout) + SwiftPluginSource.files(name),
            SampleProject.files(function: "\(name.text).spending", node: "spending", parameter: "atLeast"),
            steps: ["sh build.sh", "swift test"] + PluginScaffold.hostSteps(name, host),
            readme: ScaffoldReadme.swift(name),
            ignored: [".build/", ".build-*/", ".swiftpm/", "Package.resolved"]
        )
    }

    private init(
        _ name: PluginName,
        _ sources: [ScaffoldFile],
        _ project: [ScaffoldFile],
        steps: [String],
        readme: ScaffoldReadme,
        ignored: [String]
    ) {
        let ignored = ignored + ["project/plugins/", "project/out/", "project/.tauro/"]
        self.name = name
        self.steps = steps
        self.files =
            [
                ScaffoldFile("README.md", readme.text(steps)),
                ScaffoldFile(".gitignore", ignored.joined(separator: "\n")),
            ]
            + sources + project
    }

    private static func hostSteps(_ name: PluginName, _ host: String) -> [String] {
        [
            "\(host) plugins check project/plugins/\(name.text).so",
            "\(host) run daily --project project",
            "\(host) datasets preview \(SampleProject.output) --project project",
        ]
    }
}
