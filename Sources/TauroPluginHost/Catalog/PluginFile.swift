import CTauro
import TauroBasics
import TauroModel

/// What a plugin file says about itself, read without running a byte of it.
struct PluginFile {
    /// The version of the C ABI that this host offers.
    static let hostABI = ABIVersion(major: UInt16(TAURO_ABI_MAJOR), minor: UInt16(TAURO_ABI_MINOR))
    /// The owner's name of a tauro note, with its NUL.
    private static let owner = Array("TAURO\0".utf8)

    /// Which file it is, whatever the path.
    let identity: PlainFile.Identity
    let plugin: NodeSignature.Plugin
    /// The file's nodes, in the order of its notes.
    let signatures: [NodeSignature]

    /// Reads the file at `path`, an absolute path without links.
    ///
    /// - Throws: `PluginFormatError`.
    init(path: String) throws(PluginFormatError) {
        let elf: ElfFile
        let notes: [ElfNote]
        do throws(ElfError) {
            elf = try ElfFile(path: path)
            notes = try elf.notes().filter { $0.name == PluginFile.owner }
        } catch {
            throw PluginFormatError(error)
        }
        guard let first = notes.first else { throw PluginFormatError("has no tauro note") }
        guard notes.allSatisfy({ $0.type == first.type }) else {
            throw PluginFormatError("is malformed: its tauro notes are of more than one ABI version")
        }
        try ABIVersion(noteType: first.type).check(against: PluginFile.hostABI)
        var texts: [NoteText] = []
        for note in notes { texts.append(try NoteText(note.content)) }
        self.identity = elf.file.identity
        self.plugin = try PluginFile.plugin(texts, path: path)
        self.signatures = try PluginFile.signatures(texts, plugin: plugin)
        try checkSymbols(elf)
    }

    private static func plugin(_ notes: [NoteText], path: String) throws(PluginFormatError) -> NodeSignature.Plugin {
        let statements = notes.filter { $0.lines[0].word == "plugin" }
        guard statements.count <= 1 else { throw PluginFormatError("is malformed: it has more than one plugin note") }
        guard let lines = statements.first?.lines else {
            return NodeSignature.Plugin(path: path, name: FilePath.stem(path), version: "", isSerial: false)
        }
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

    private static func signatures(
        _ notes: [NoteText],
        plugin: NodeSignature.Plugin
    ) throws(PluginFormatError) -> [NodeSignature] {
        var signatures: [NodeSignature] = []
        var names: Set<String> = []
        for note in notes where note.lines[0].word != "plugin" {
            guard note.lines[0].word == "node" else {
                throw PluginFormatError(
                    "is malformed: a tauro note begins with '\(note.lines[0].text.shown)'; expected plugin or node"
                )
            }
            let signature = try NoteParser.signature(note, plugin: plugin)
            guard names.insert(signature.name).inserted else {
                throw PluginFormatError("is malformed: it describes the node '\(signature.name)' twice")
            }
            signatures.append(signature)
        }
        return signatures
    }

    private func checkSymbols(_ elf: ElfFile) throws(PluginFormatError) {
        do throws(ElfError) {
            let symbols = try ElfSymbols(elf)
            for signature in signatures {
                let problem: String
                switch try symbols.kind(of: signature.symbol) {
                case .function: continue
                case nil: problem = "has no dynamic symbol of that name"
                case .undefined: problem = "only refers to it"
                case .hidden: problem = "does not export it"
                case .other: problem = "has it as something else"
                }
                throw ElfError.malformed(
                    "node '\(signature.name)' is to be the function '\(signature.symbol)', but the file \(problem)"
                )
            }
        } catch {
            throw PluginFormatError(error)
        }
    }
}
