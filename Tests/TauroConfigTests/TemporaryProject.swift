import TauroBasics
import TauroConfig
import TauroModel

/// A project in a directory of its own, which goes when the value does.
final class TemporaryProject {
    /// The project's directory.
    let directory: String

    /// Writes `files`, by paths below the project.
    init(_ files: [String: String]) throws {
        let parent = try FileSystem.realPath("/tmp")
        directory = "\(parent)/tauro-config-\(UInt64.random(in: .min ... .max))"
        try FileSystem.makeDirectories(directory)
        for (path, content) in files {
            let file = FilePath.join(directory, path)
            try FileSystem.makeDirectories(FilePath.parent(file))
            try FileSystem.writeAtomically(content, to: file)
        }
    }

    /// Writes a project whose settings, pipelines and nodes are usable where `files` does not say otherwise.
    static func usable(_ files: [String: String] = [:]) throws -> TemporaryProject {
        let usable = [
            "config/global_settings.yaml": "output_path: data/out\n",
            "config/pipelines.yaml": "daily: {nodes: [extract]}\n",
            "config/nodes.yaml": "extract: {function: flights.etl.extract}\n",
        ]
        return try TemporaryProject(usable.merging(files) { _, given in given })
    }

    deinit { try? FileSystem.removeTree(directory) }

    func load(
        environment: String? = nil,
        dates: DateWindow = DateWindow(),
        variables: [String: String] = [:]
    ) -> ConfigLoader.Outcome {
        ConfigLoader.load(
            project: .directory(directory),
            environment: environment,
            dates: dates,
            environmentVariables: variables
        )
    }

    func loadFile(_ path: String, environment: String? = nil) -> ConfigLoader.Outcome {
        ConfigLoader.load(
            project: .file(FilePath.join(directory, path)),
            environment: environment,
            environmentVariables: [:]
        )
    }

    /// The findings as people see them, with paths below the project.
    func findings(
        environment: String? = nil,
        dates: DateWindow = DateWindow(),
        variables: [String: String] = [:]
    ) -> String {
        text(of: load(environment: environment, dates: dates, variables: variables))
    }

    func text(of outcome: ConfigLoader.Outcome) -> String {
        let lines = outcome.diagnostics.flatMap { diagnostic in
            [place(diagnostic.location) + "\(diagnostic.severity): \(diagnostic.message)"]
                + diagnostic.notes.map { "  \($0)" }
        }
        return lines.joined(separator: "\n").split(separator: directory, omittingEmptySubsequences: false)
            .joined(separator: "PROJECT").split(separator: "PROJECT/", omittingEmptySubsequences: false).joined()
    }

    private func place(_ location: SourceLocation?) -> String {
        guard let location else { return "" }
        if location.line == 0 { return "\(location.file): " }
        return "\(location.file):\(location.line):\(location.column): "
    }
}
