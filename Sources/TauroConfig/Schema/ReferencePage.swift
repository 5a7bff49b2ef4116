import TauroBasics

/// The reference of all configuration as a page of documentation, made from the description of its keys.
package struct ReferencePage {
    /// The page, in Markdown.
    package let text: String

    /// Makes the page.
    package init() {
        var page = ReferenceWriter()
        for section in ConfigSection.allCases { page.write(section) }
        page.writeOtherFiles()
        page.writeParts()
        text = page.lines.joined(separator: "\n") + "\n"
    }
}

/// Gathers the page's lines and the key sets it still has to describe.
private struct ReferenceWriter {
    private(set) var lines = [
        "# Configuration reference",
        "",
        "Every file of a project and every key of it. This page and the schemas that `tauro-host schema` prints are made from",
        "the description that the loader itself checks files by.",
        "",
        "## What holds everywhere",
        "",
        "A file is YAML (`.yaml`, `.yml`) or JSON (`.json`). It has its section bare, or under the section's name. One file may",
        "have all sections, each under its name. A key without a value counts as not there. Any text may have `${NAME}`,",
        "`${NAME:-default}` and `${secret:NAME}` in it; `$${` stands for the characters `${`. Where a text is one such reference",
        "and nothing else, it may stand for a value of any type.",
        "",
        "An editor that knows JSON Schema checks a file while you write: `tauro-host schema --all schemas` writes the schemas,",
        "and a first line `# yaml-language-server: $schema=../schemas/nodes.schema.json` names the one of a file; in JSON the",
        "key `$schema` does.",
        "",
        "A key at the top of a file or section that begins with `x-` is yours and is not read: a home for anchors, as in",
        "`x-defaults: &defaults {isolation: process}`. In global settings it is a setting like your others.",
        "",
        "A key marked *later* is known and checked, but has no effect in this version.",
    ]
    private var parts: [ConfigKeySet] = []

    mutating func write(_ section: ConfigSection) {
        let files = section.names.map { "`config/\($0).yaml`" }.joined(separator: " or ")
        lines += ["", "## \(section.rawValue)", "", "\(files). \(section.summary)"]
        if section == .nodes {
            lines += ["", "A single word under `type` beside the nodes is the type of pipelines that say none."]
        }
        write(section.keySet)
    }

    mutating func writeOtherFiles() {
        lines += ["", "## ml_pipeline", "", "`config/ml_pipeline.yml`. \(SchemaKind.pipeline.summary)"]
        lines.append("It has `name`, `nodes` as a map, and the keys of a pipeline beside them or under `config`.")
        let names = DescriptorLayout.fileNames.map { "`\($0)`" }.joined(separator: ", ")
        lines += ["", "## descriptor", "", "\(names), in the project's directory. \(SchemaKind.descriptor.summary)"]
        lines.append("It is read where `config/` has none of the files above, or where `--project` names it.")
        write(.descriptor)
        lines += ["", "Each environment has"]
        write(.descriptorEnvironment)
    }

    /// The maps that keys refer to, each once, in the order of their first mention.
    mutating func writeParts() {
        var next = 0
        while next < parts.count {
            let part = parts[next]
            lines += ["", "## \(part.heading)"]
            write(part)
            next += 1
        }
    }

    private mutating func write(_ keySet: ConfigKeySet) {
        lines += ["", "| key | takes | what it is for |", "|---|---|---|"]
        for key in keySet.keys {
            lines.append("| \(spellings(of: key)) | \(takes(key)) | \(purpose(of: key)) |")
        }
    }

    private func spellings(of key: ConfigKey) -> String { key.spellings.map { "`\($0)`" }.joined(separator: ", ") }

    private mutating func takes(_ key: ConfigKey) -> String {
        var text = words(for: key.type)
        if let defaultValue = key.defaultValue { text += "; \(words(for: defaultValue)) unless said" }
        return text
    }

    private func words(for value: JSONValue) -> String {
        switch value {
        case .string(let text): "`\(text)`"
        case .array(let items): items.map { words(for: $0) }.joined(separator: ", ")
        default: "`\(value.text())`"
        }
    }

    private mutating func words(for type: ConfigType) -> String {
        switch type {
        case .keys(let keySet): mention(keySet)
        case .mapOf(let inner): "a map from names to: \(words(for: inner))"
        case .listOf(let inner): "a list of: \(words(for: inner))"
        case .either(let types): types.map { words(for: $0) }.joined(separator: ", or ")
        case .interval(let limits): "\(type.description), from \(limits.least.text) up to \(limits.most.text)"
        default: type.description
        }
    }

    private mutating func mention(_ keySet: ConfigKeySet) -> String {
        let isSection = ConfigSection.allCases.contains { $0.keySet.title == keySet.title }
        if !isSection, !parts.contains(where: { $0.title == keySet.title }) { parts.append(keySet) }
        return "a map: \(keySet.heading)"
    }

    private func purpose(of key: ConfigKey) -> String {
        var text = key.summary
        switch key.presence {
        case .optional: break
        case .required: text = "**Required.** " + text
        case .requiredWhere(let other, let words): text = "**Required where \(condition(other, words)).** " + text
        case .requiredUnless(let other, let words): text = "**Required unless \(condition(other, words)).** " + text
        }
        switch key.status {
        case .active: break
        case .later(let words) where words.isEmpty: text += " *Later.*"
        case .later(let words): text += " *Later, but for \(list(words)).*"
        case .laterAsMap: text += " *Later as a map.*"
        }
        return text
    }

    private func condition(_ key: String, _ words: [String]) -> String { "`\(key)` is \(list(words))" }

    private func list(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: " or ") }
}

extension ConfigKeySet {
    /// The set's heading: its title without an article.
    fileprivate var heading: String {
        for article in ["a ", "an "] where title.hasPrefix(article) { return String(title.dropFirst(article.count)) }
        return title.filter { $0 != "`" }
    }
}
