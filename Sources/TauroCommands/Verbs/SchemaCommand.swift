import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print what a configuration file may have, as a JSON Schema.",
        discussion: """
            An editor checks a file while you write it when its first line names the schema:
            # yaml-language-server: $schema=../schemas/nodes.schema.json
            """
    )

    @Argument(
        help: ArgumentHelp("Which file: \(ConfigurationReference.kinds.joined(separator: ", ")).", valueName: "kind")
    )
    var kind: String?

    @Option(help: ArgumentHelp("Write the schemas of all kinds into this directory.", valueName: "dir"))
    var all: String?

    @Flag(help: "For files of an environment, which have only what differs: no key has to be there.")
    var overlay = false

    @Flag(help: "Print the reference of all files as a page in Markdown.")
    var markdown = false

    func validate() throws {
        let chosen = [kind != nil, all != nil, markdown].filter { $0 }.count
        if chosen != 1 { throw UsageError("give a kind, or --all DIR, or --markdown") }
        if markdown, overlay { throw UsageError("--overlay belongs to a schema") }
        if let kind, schema(of: kind) == nil {
            let nearest = NearestName.nearest(to: kind, in: ConfigurationReference.kinds)
            let question = NearestName.ending(nearest)
            let kinds = ConfigurationReference.kinds.joined(separator: ", ")
            throw UsageError("there is no schema of '\(PrintableText.line(kind))'\(question) (kinds: \(kinds))")
        }
    }

    func run() throws {
        let console = Console.standard
        if markdown { return console.write(ConfigurationReference.page) }
        if let directory = all { return try write(to: directory) }
        if let document = kind.flatMap(schema) { console.print(document.text(.pretty)) }
    }

    private func schema(of kind: String) -> JSONValue? {
        ConfigurationReference.schema(of: kind, isOverlay: overlay)
    }

    private func write(to directory: String) throws {
        do {
            let path = FilePath.absolute(directory, from: try FileSystem.workingDirectory())
            try FileSystem.makeDirectories(path)
            for kind in ConfigurationReference.kinds {
                guard let document = schema(of: kind) else { continue }
                let file = FilePath.join(path, "\(kind).schema.json")
                try FileSystem.writeAtomically(document.text(.pretty) + "\n", to: file)
                Console.standard.print(file)
            }
        } catch {
            throw ConfigurationError(
                operation: "write the schemas",
                diagnostics: [
                    Diagnostic(.error, .configuration, "the schemas can not be written: \(error.description)")
                ]
            )
        }
    }
}
