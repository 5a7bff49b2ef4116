import TauroModel
import TauroRuntime

/// What of the host and of the things it can use is there, for people.
struct DoctorText {
    let style: Style

    func lines(_ survey: InstallationSurvey, _ plugins: PluginSurvey) -> [String] {
        parts(survey) + extensions(survey) + ["", style.bold("plugin directories")] + directories(plugins)
            + ["", style.bold("machine")] + machine(survey.resources) + cures(survey) + ["", verdict(survey)]
    }

    private func parts(_ survey: InstallationSurvey) -> [String] {
        var table = TextTable([("part", .left), ("state", .left), ("version", .left), ("where", .left), ("for", .left)])
        for part in survey.parts {
            let cells = [
                PartWords.title(part.name), part.state.rawValue, part.version ?? "", part.place ?? "",
                PartWords.purpose(part.name),
            ]
            table.add(cells.map { PrintableText.line($0) })
        }
        return table.lines(style)
    }

    private func extensions(_ survey: InstallationSurvey) -> [String] {
        let all = survey.extensions
        guard !all.isEmpty else { return [] }
        let loaded = all.filter(\.isLoaded).map(\.name)
        let installed = all.filter { $0.isInstalled && !$0.isLoaded }.map(\.name)
        let absent = PartWords.extensions.filter { name in !all.contains { $0.name == name && $0.isInstalled } }
        let rows = [("loaded", loaded), ("installed", installed), ("not there", absent)].filter { !$0.1.isEmpty }
        return ["", style.bold("DuckDB's extensions")] + rows.map { "  \($0.0): \($0.1.joined(separator: ", "))" }
    }

    private func directories(_ plugins: PluginSurvey) -> [String] {
        plugins.directories.flatMap { searched -> [String] in
            let path = PrintableText.line(searched.directory.path)
            switch searched.state {
            case .missing: return ["  \(path): does not exist"]
            case .ignored(let reason): return ["  \(path): \(reason)"]
            case .unreadable(let reason): return ["  \(path): \(style.red(reason))"]
            case .searched:
                return ["  \(path): \(count(searched.files))"] + searched.files.flatMap { refusal($0) }
            }
        }
    }

    private func count(_ files: [PluginSurvey.File]) -> String {
        let taken = files.count { if case .taken = $0.verdict { true } else { false } }
        return taken == 0 ? "no plugins" : "\(taken) plugin\(taken == 1 ? "" : "s")"
    }

    private func refusal(_ file: PluginSurvey.File) -> [String] {
        guard case .refused(let refusal) = file.verdict else { return [] }
        let line = "    \(style.red("refused")) \(PrintableText.line(file.path)): \(PrintableText.line(refusal.reason))"
        return [line, "      \(PrintableText.line(refusal.cure))"]
    }

    private func machine(_ resources: MachineResources) -> [String] {
        let unknown = "unknown"
        func bytes(_ number: Int64?) -> String { number.map { Quantities.bytes($0) } ?? unknown }
        return [
            "  processors: \(resources.processors)",
            "  memory: \(bytes(resources.memory)), \(bytes(resources.availableMemory)) of the machine's available",
            "  disk of \(PrintableText.line(resources.directory)): \(bytes(resources.disk)), \(bytes(resources.freeDisk)) free",
        ]
    }

    private func cures(_ survey: InstallationSurvey) -> [String] {
        survey.parts.filter { $0.state != .found }.flatMap { part -> [String] in
            let word = part.name.isRequired ? style.red(part.state.rawValue) : style.yellow(part.state.rawValue)
            let problem =
                part.problem.map { $0.split(separator: "\n").map { "    \(PrintableText.line(String($0)))" } } ?? []
            return ["", "\(PartWords.title(part.name)) is \(word)"] + problem
                + (PartWords.cure(part).map { ["    to get it: \($0)"] } ?? [])
        } + extensionCure(survey)
    }

    /// Of those that are used each; of the others one stands for all.
    private func extensionCure(_ survey: InstallationSurvey) -> [String] {
        guard let version = survey.parts.first(where: { $0.name == .duckdb })?.version else { return [] }
        let absent = PartWords.extensions.filter { name in
            survey.extensions.contains { $0.name == name && !$0.isInstalled }
        }
        func lines(_ title: String, _ name: String) -> [String] {
            ["", title, "    to get it: " + PartWords.cure(ofExtension: name, version: version)]
        }
        let used = absent.filter { PartWords.usedExtensions.contains($0) }
        let other = absent.first { !PartWords.usedExtensions.contains($0) }
        return used.flatMap {
            lines("DuckDB's extension \($0), which inputs with format: \($0) need, is not there", $0)
        }
            + (other.map { lines("An extension of DuckDB that is not there, such as \($0)", $0) } ?? [])
    }

    private func verdict(_ survey: InstallationSurvey) -> String {
        survey.isComplete
            ? style.green("everything that runs need is there")
            : style.red("something that runs need is not there")
    }
}
