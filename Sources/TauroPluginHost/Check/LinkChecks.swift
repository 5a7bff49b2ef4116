import TauroModel

/// How the linker laid the file out: E06 and W09.
struct LinkChecks {
    let file: PluginUnderCheck

    func memoryRights() throws(ElfError) -> [CheckFinding] {
        var findings = try file.requests.get().memoryRights
        if file.elf.segments.contains(where: {
            $0.type == ElfFile.SegmentType.load && $0.rights.isSuperset(of: [.write, .execute])
        }) {
            findings.append(
                error("the file has a segment that can be both written and run", cure: "link it without -N or --omagic")
            )
        }
        let flags = file.dynamic[ElfDynamicSection.Tag.flags, default: 0]
        if file.dynamic[ElfDynamicSection.Tag.textRelocations] != nil
            || flags & ElfDynamicSection.Flag.textRelocations != 0
        {
            findings.append(
                error(
                    "the file has text relocations: its code is changed while it is loaded",
                    cure: "compile every object with -fPIC, and link with -Wl,-z,text"
                )
            )
        }
        return findings
    }

    func staticTLS() -> [CheckFinding] {
        let flags = file.dynamic[ElfDynamicSection.Tag.flags, default: 0]
        guard flags & ElfDynamicSection.Flag.staticTLS != 0 else { return [] }
        return [
            CheckFinding(
                .staticTLS,
                .warning,
                "the file uses static thread-local storage, of which a process has little left when it loads plugins",
                cure: "compile without -ftls-model=initial-exec"
            )
        ]
    }

    private func error(_ message: String, cure: String) -> CheckFinding {
        CheckFinding(.memoryRights, .error, message, cure: cure)
    }
}
