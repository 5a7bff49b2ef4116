import CTauro
import TauroModel

/// What a plugin file says about itself, read without running a byte of it.
struct PluginFile {
    /// The version of the C ABI that this host offers.
    static let hostABI = ABIVersion(major: UInt16(TAURO_ABI_MAJOR), minor: UInt16(TAURO_ABI_MINOR))

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
        let notes: PluginNotes
        do throws(ElfError) {
            elf = try ElfFile(path: path)
            notes = PluginNotes(try elf.notes(), path: path)
        } catch {
            throw PluginFormatError(error)
        }
        if let problem = notes.problems.first { throw problem }
        guard let plugin = notes.plugin else { throw PluginFormatError("has no tauro note") }
        self.identity = elf.file.identity
        self.plugin = plugin
        self.signatures = notes.signatures
        try checkSymbols(elf)
    }

    private func checkSymbols(_ elf: ElfFile) throws(PluginFormatError) {
        do throws(ElfError) {
            let symbols = try ElfSymbols(elf)
            for signature in signatures {
                guard let problem = try symbols.problem(of: signature) else { continue }
                throw ElfError.malformed(problem)
            }
        } catch {
            throw PluginFormatError(error)
        }
    }
}

extension ElfSymbols {
    /// Why the function of a node can not be called, as a clause; nil if it can.
    ///
    /// - Throws: `ElfError` for tables that are broken.
    func problem(of signature: NodeSignature) throws(ElfError) -> String? {
        let problem: String
        switch try kind(of: signature.symbol) {
        case .function: return nil
        case nil: problem = "has no dynamic symbol of that name"
        case .undefined: problem = "only refers to it"
        case .hidden: problem = "does not export it"
        case .other: problem = "has it as something else"
        }
        return "node '\(signature.name)' is to be the function '\(signature.symbol)', but the file \(problem)"
    }
}
