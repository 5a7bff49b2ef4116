import TauroBasics
import TauroModel

/// What the tauro notes of a file say, and everything that is wrong with them.
struct PluginNotes {
    /// The owner's name of a tauro note, with its NUL.
    private static let owner = Array("TAURO\0".utf8)

    /// The version of the ABI that all notes ask for; nil if there is none, or more than one.
    private(set) var version: ABIVersion?
    /// The plugin's description; nil if its note is not sound, or is of a version that this host does not read.
    private(set) var plugin: NodeSignature.Plugin?
    /// The nodes whose notes are sound, in the order of the file.
    private(set) var signatures: [NodeSignature] = []
    /// The symbols that notes name as functions of nodes, also those of notes that are not sound.
    private(set) var symbols: Set<String> = []
    /// What is wrong, of one note the first problem.
    private(set) var problems: [PluginFormatError] = []

    private let path: String
    private var names: Set<String> = []

    /// Reads those of `notes` that are tauro's.
    init(_ notes: [ElfNote], path: String) {
        self.path = path
        let own = notes.filter { $0.name == PluginNotes.owner }
        do throws(PluginFormatError) {
            let version = try PluginNotes.version(of: own)
            self.version = version
            try version.check(against: PluginFile.hostABI)
        } catch {
            problems.append(error)
            return
        }
        read(texts(of: own))
    }

    /// The error of a file without a tauro note.
    static let missing = PluginFormatError(
        "has no tauro note",
        cure: "state nodes with TAURO_NODE; a library that plugins need may stay as it is"
    )

    private static func version(of notes: [ElfNote]) throws(PluginFormatError) -> ABIVersion {
        guard let first = notes.first else { throw missing }
        guard notes.allSatisfy({ $0.type == first.type }) else {
            throw PluginFormatError("is malformed: its tauro notes are of more than one ABI version")
        }
        return ABIVersion(noteType: first.type)
    }

    private mutating func texts(of notes: [ElfNote]) -> [NoteText] {
        var texts: [NoteText] = []
        for note in notes {
            do throws(PluginFormatError) {
                texts.append(try NoteText(note.content))
            } catch {
                problems.append(error)
            }
        }
        return texts
    }

    private mutating func read(_ notes: [NoteText]) {
        do throws(PluginFormatError) {
            plugin = try readPlugin(notes.filter { $0.lines[0].word == "plugin" })
        } catch {
            problems.append(error)
        }
        for note in notes where note.lines[0].word != "plugin" {
            do throws(PluginFormatError) {
                signatures.append(try readNode(note))
            } catch {
                problems.append(error)
            }
        }
    }

    private func readPlugin(_ notes: [NoteText]) throws(PluginFormatError) -> NodeSignature.Plugin {
        guard notes.count <= 1 else { throw PluginFormatError("is malformed: it has more than one plugin note") }
        guard let lines = notes.first?.lines else { return unnamed }
        guard let fields = lines[0].fields(2), fields.allSatisfy({ NoteWord.isPrintable($0) }) else {
            throw PluginFormatError(
                "is malformed: the plugin note, line 1 '\(lines[0].text.shown)': expected plugin, a name and a "
                    + "version, with tabs between"
            )
        }
        var isSerial = false
        for line in lines.dropFirst() where !line.word.hasPrefix("x-") {
            guard line.word == "flag", let flag = line.rest, NoteWord.isPrintable(flag) else {
                throw PluginFormatError(
                    "is malformed: the plugin note, line \(line.number) '\(line.text.shown)': expected flag and a word"
                )
            }
            if flag == "serial" { isSerial = true }
        }
        return NodeSignature.Plugin(
            path: path,
            name: String(fields[0]),
            version: String(fields[1]),
            isSerial: isSerial
        )
    }

    /// The description of a plugin that does not describe itself.
    private var unnamed: NodeSignature.Plugin {
        NodeSignature.Plugin(path: path, name: FilePath.stem(path), version: "", isSerial: false)
    }

    private mutating func readNode(_ note: NoteText) throws(PluginFormatError) -> NodeSignature {
        guard note.lines[0].word == "node" else {
            throw PluginFormatError(
                "is malformed: a tauro note begins with '\(note.lines[0].text.shown)'; expected plugin or node"
            )
        }
        if let symbol = note.lines[0].fields(2)?[1] { symbols.insert(String(symbol)) }
        let signature = try NoteParser.signature(note, plugin: plugin ?? unnamed)
        guard names.insert(signature.name).inserted else {
            throw PluginFormatError(
                "is malformed: it describes the node '\(signature.name)' twice",
                .names,
                node: signature.name
            )
        }
        return signature
    }
}
