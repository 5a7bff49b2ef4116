import TauroBasics
import TauroModel

/// A plugin's file, opened for checks: what several of them look at, read once.
struct PluginUnderCheck {
    let path: String
    let elf: ElfFile
    let dynamic: ElfDynamicSection
    let symbols: Result<ElfSymbols, ElfError>
    let requests: Result<LoaderRequests, ElfError>
    /// What its notes say; nil where they can not be read, and `notesError` says why.
    let notes: PluginNotes?
    let notesError: ElfError?
    /// The id its linker gave it, in hexadecimal digits.
    let buildID: String?
    /// Its sections; nil where they are not sound, which does not keep it from being loaded.
    let sections: ElfSections?

    /// Opens the file at `path`, an absolute path without links.
    ///
    /// - Throws: `ElfError` for a file that is no shared object of this machine.
    init(path: String) throws(ElfError) {
        self.path = path
        elf = try ElfFile(path: path)
        dynamic = try ElfDynamicSection(elf)
        if dynamic.isExecutable { throw .executable }
        symbols = Result { [elf, dynamic] () throws(ElfError) in try ElfSymbols(elf, dynamic) }
        requests = Result { [elf, dynamic] () throws(ElfError) in
            try LoaderRequests(elf, dynamic, origin: FilePath.parent(path))
        }
        sections = try? ElfSections(elf)
        do throws(ElfError) {
            let all = try elf.notes()
            notes = PluginNotes(all, path: path)
            notesError = nil
            buildID = PluginUnderCheck.buildID(all)
        } catch {
            notes = nil
            notesError = error
            buildID = nil
        }
    }

    /// Size, digest, id and what the notes say, in one clause.
    var facts: String {
        var facts = ["\(elf.file.size) bytes"]
        if let digest = try? elf.file.sha256() { facts.append("sha256 \(digest)") }
        facts.append(buildID.map { "build id \($0)" } ?? "no build id")
        if let version = notes?.version { facts.append("tauro ABI \(version)") }
        if let notes, let plugin = notes.plugin {
            facts.append("plugin \(plugin.name)\(plugin.version.isEmpty ? "" : " \(plugin.version)")")
            facts.append("\(notes.signatures.count) node\(notes.signatures.count == 1 ? "" : "s")")
        }
        return facts.joined(separator: ", ")
    }

    private static func buildID(_ notes: [ElfNote]) -> String? {
        guard let note = notes.first(where: { $0.name == Array("GNU\0".utf8) && $0.type == 3 }) else { return nil }
        return note.content.prefix(64).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
