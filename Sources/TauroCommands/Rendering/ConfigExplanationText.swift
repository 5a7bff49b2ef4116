import TauroModel

/// Where a key's value comes from, for people.
struct ConfigExplanationText {
    /// How many characters of a layer's value are shown.
    private static let shownLength = 80

    let style: Style
    /// The directory that paths are shown relative to.
    let directory: String?

    func lines(_ explanation: ConfigExplanation) -> [String] {
        let value = explanation.value.map { PrintableText.line("\($0)") } ?? "not set"
        return ["\(style.bold(explanation.key)) = \(value)", ""] + layers(explanation) + choice(explanation)
            + source(explanation.source)
    }

    private func layers(_ explanation: ConfigExplanation) -> [String] {
        if explanation.layers.isEmpty {
            let isOpen = !explanation.pipelinesToChoose.isEmpty
            let what = isOpen ? "Neither the node nor global settings set it" : "Nothing sets it"
            return ["\(what), and there is no default.", ""]
        }
        var table = TextTable([("", .left), ("value", .left), ("of", .left), ("where", .left)])
        for layer in explanation.layers {
            let written = layer.template.map { " from \(PrintableText.line($0))" } ?? ""
            table.add([
                layer.standing.rawValue, shown("\(layer.value)") + written, Self.words(layer.owner),
                layer.location.map(place) ?? "",
            ])
        }
        return table.lines(style) + [""]
    }

    private func shown(_ text: String) -> String {
        let line = PrintableText.line(text)
        return line.count > Self.shownLength ? "\(line.prefix(Self.shownLength))…" : line
    }

    private func choice(_ explanation: ConfigExplanation) -> [String] {
        if let pipeline = explanation.pipeline { return ["Pipeline \(pipeline) is the one it inherits from.", ""] }
        if explanation.pipelinesToChoose.isEmpty { return [] }
        let names = explanation.pipelinesToChoose.joined(separator: ", ")
        return ["The node is in several pipelines: \(names). Name one with --pipeline to see what it inherits.", ""]
    }

    private func source(_ source: ConfigSource) -> [String] {
        var lines: [String] = []
        if let environment = source.environment {
            let overlays = source.overlays.isEmpty ? "none" : source.overlays.joined(separator: ", ")
            lines.append("Environment \(environment); overlays, lowest first: \(overlays).")
        } else if !source.overlays.isEmpty {
            lines.append("No environment; overlays: \(source.overlays.joined(separator: ", ")).")
        }
        lines.append("Files, each laid over those above it:")
        return lines + source.files.map { "  \(path($0))" }
    }

    private func place(_ location: SourceLocation) -> String {
        location.line == 0 ? path(location.file) : "\(path(location.file)):\(location.line):\(location.column)"
    }

    private func path(_ file: String) -> String {
        if let directory, file.hasPrefix(directory + "/") { return String(file.dropFirst(directory.count + 1)) }
        return file
    }

    private static func words(_ owner: ConfigExplanation.Owner) -> String {
        switch owner {
        case .builtIn: "built in"
        case .section(let section, let entry?): "\(entryKinds[section] ?? section) \(entry)"
        case .section(let section, nil): section.split(separator: "_").joined(separator: " ")
        }
    }

    private static let entryKinds = ["nodes": "node", "pipelines": "pipeline"]
}
