import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// Making a new directory full of files, as several verbs do it.
struct Scaffolding {
    /// What is made, in a word: `plugin`, `project`.
    let thing: String
    /// A command that would work, for whoever names it badly.
    let example: String

    /// Takes a name from the command line.
    ///
    /// - Throws: `ConfigurationError`, which says what a name looks like.
    func name(_ text: String) throws -> PluginName {
        if PluginName.isKeyword(text) {
            throw refusal(
                "the \(thing) can not be named '\(text)', which is a word of C or Swift",
                "choose another name"
            )
        }
        guard let name = PluginName(text) else {
            throw refusal(
                "the \(thing) can not be named '\(PrintableText.line(text))': expected lower-case letters, digits and "
                    + "underscores, a letter first",
                "for example: \(example)"
            )
        }
        return name
    }

    /// Writes the files into a directory of that name in the directory `place`, and prints what to do there.
    ///
    /// - Throws: `ConfigurationError`; nothing was written then.
    func make(_ name: PluginName, at place: String, _ files: [ScaffoldFile], steps: [String], to purpose: String) throws
    {
        let directory = FilePath.normalized(FilePath.join(place, name.text))
        do {
            try ScaffoldWriter.write(files, into: try Scaffolding.absolute(directory))
        } catch let error as SystemError {
            throw failure(error)
        }
        let console = Console.standard
        console.print("Made \(PrintableText.line(directory)). To \(purpose):", to: .error)
        for command in ["cd \(ShellWord.quoted(directory))"] + steps { console.print("    \(command)") }
    }

    /// What is refused while it is made.
    func refusal(_ message: String, _ notes: String...) -> ConfigurationError {
        ConfigurationError(
            operation: "make a \(thing)",
            diagnostics: [Diagnostic(.error, .configuration, message, notes: notes)]
        )
    }

    fileprivate static func absolute(_ path: String) throws -> String {
        FilePath.absolute(path, from: try FileSystem.workingDirectory())
    }

    private func failure(_ error: SystemError) -> ConfigurationError {
        guard error.isExistingPath else { return refusal("the project can not be made: \(error.description)") }
        return refusal(
            "\(error.path) is there already; nothing was written",
            "choose another name, or another --at DIR"
        )
    }
}

/// What plugins are built with: shared by the verbs that make something to build.
struct AuthoringKitOption: ParsableArguments {
    @Option(
        name: .customLong("package"),
        help: ArgumentHelp(
            "Checkout of tauro-host to build with; the one of this program if not said.",
            valueName: "dir"
        )
    )
    var checkout: String?

    /// Finds it.
    ///
    /// - Throws: `ConfigurationError` where there is none.
    func kit(for scaffolding: Scaffolding) throws -> AuthoringKit {
        guard let checkout else {
            if let kit = AuthoringKit.ofRunningProgram() { return kit }
            throw scaffolding.refusal(
                "the headers that plugins are built with are not beside this program",
                "name a checkout of tauro-host: --package DIR"
            )
        }
        if let kit = AuthoringKit(checkout: try Scaffolding.absolute(checkout)) { return kit }
        throw scaffolding.refusal(
            "--package \(checkout) is no checkout of tauro-host: expected Package.swift and include/tauro/tauro.h there"
        )
    }
}
