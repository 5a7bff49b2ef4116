import CTauro
import TauroBasics
import TauroModel

/// What a plugin file says about itself, read without running a byte of it.
struct PluginFile {
    /// The version of the C ABI that this host offers.
    static let hostABI = ABIVersion(major: UInt16(TAURO_ABI_MAJOR), minor: UInt16(TAURO_ABI_MINOR))

    /// What the system knew of the file when it was opened.
    let status: FileStatus
    /// The version of the C ABI it was built for.
    let abi: ABIVersion
    let plugin: NodeSignature.Plugin
    /// The file's nodes, in the order of its notes.
    let signatures: [NodeSignature]
    /// What it will ask of the loader.
    let requests: LoaderRequests

    /// Reads the file at `path`, an absolute path without links, of which a lock may name a digest.
    ///
    /// - Throws: `PluginFormatError`.
    init(path: String, lockedDigest: String? = nil) throws(PluginFormatError) {
        let file: PlainFile
        do throws(PlainFileError) {
            file = try PlainFile(path: path, head: ElfFile.headSize)
        } catch {
            throw PluginFormatError(.file(error))
        }
        try self.init(file, path: path, LoadingTicket(stamp: file.status.stamp, sha256: lockedDigest))
    }

    /// Reads an open file that stands for the one at `path`.
    ///
    /// - Throws: `PluginFormatError`.
    init(_ file: PlainFile, path: String, _ ticket: LoadingTicket?) throws(PluginFormatError) {
        let elf: ElfFile
        let notes: PluginNotes
        do throws(ElfError) {
            elf = try ElfFile(file)
            notes = PluginNotes(try elf.notes(), path: path)
        } catch {
            throw PluginFormatError(error)
        }
        if let problem = notes.problems.first { throw problem }
        guard var plugin = notes.plugin, let abi = notes.version else { throw PluginNotes.missing }
        plugin.ticket = ticket
        self.status = file.status
        self.abi = abi
        self.plugin = plugin
        self.signatures = notes.signatures.map { [plugin] signature in
            var signature = signature
            signature.plugin = plugin
            return signature
        }
        let problem: PluginFormatError?
        do throws(ElfError) {
            let dynamic = try ElfDynamicSection(elf)
            requests = try LoaderRequests(elf, dynamic, origin: FilePath.parent(path))
            problem = try PluginFile.problem(of: signatures, in: try ElfSymbols(elf, dynamic))
        } catch {
            throw PluginFormatError(error)
        }
        if let problem { throw problem }
    }

    /// Why the first node whose function can not be called can not be.
    private static func problem(
        of signatures: [NodeSignature],
        in symbols: ElfSymbols
    ) throws(ElfError) -> PluginFormatError? {
        for signature in signatures {
            guard let problem = try symbols.problem(of: signature) else { continue }
            let cure = ElfSymbols.functionCure
            return PluginFormatError("is malformed: \(problem)", cure: cure, .functions, node: signature.name)
        }
        return nil
    }
}

extension ElfSymbols {
    /// What to do about a function that can not be called.
    static let functionCure = "define it with TAURO_NODE, and let the linker export it"

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
