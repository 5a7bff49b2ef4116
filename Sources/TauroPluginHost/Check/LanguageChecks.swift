import TauroModel

/// What compilers put into the file: E12 and W13.
struct LanguageChecks {
    /// Names of functions that compilers run when a library is loaded.
    private static let toolchainConstructors: Set<String> = [
        "frame_dummy", "__do_init", "_ZL23swift_image_constructorv",
    ]

    let file: PluginUnderCheck
    let host: CheckingHost

    func swiftRuntime() throws(ElfError) -> [CheckFinding] {
        guard try needsSwift() else { return [] }
        guard !host.swiftCompilers.isEmpty else {
            return [CheckFinding(.swiftRuntime, .skipped, "this host does not say which compiler it was built by")]
        }
        let built = file.sections.flatMap { try? CompilerSignatures.swift(in: $0) } ?? []
        let cure = "link with -static-stdlib, or build the plugin with the toolchain of this host"
        if built.isEmpty {
            let found =
                "the file shares the Swift runtime of this host, and does not say which compiler it was built by"
            return [CheckFinding(.swiftRuntime, .warning, found, cure: cure)]
        }
        guard let other = built.subtracting(host.swiftCompilers).sorted().first else { return [] }
        let own = host.swiftCompilers.sorted().joined(separator: ", ")
        return [
            CheckFinding(
                .swiftRuntime,
                .error,
                "the file shares the Swift runtime of this host, but was built by '\(Substring(other).shown)', "
                    + "the host by '\(own)'",
                cure: cure
            )
        ]
    }

    func constructors() throws(ElfError) -> [CheckFinding] {
        let addresses = try constructorAddresses()
        let names = constructorNames(addresses)
        let unnamed = addresses.count - names.count
        // Without names a count has to do: one of C's start files, one that tells Swift's runtime of the library.
        let allowed = names.isEmpty ? (isSwift ? 2 : 1) : 0
        let others = names.filter { !LanguageChecks.toolchainConstructors.contains($0) }
        let count = others.count + max(0, unnamed - allowed)
        guard count > 0 else { return [] }
        let list = others.prefix(3).map { Substring($0).shown }.joined(separator: ", ")
        let shown = others.isEmpty ? "" : " (\(list)\(count > min(3, others.count) ? "…" : ""))"
        return [
            CheckFinding(
                .constructors,
                .warning,
                "the file runs \(count) constructor\(count == 1 ? "" : "s")\(shown) of its own when it is loaded, before "
                    + "the host can say which node is at work",
                cure: "do the work in the node, at its first call; in C++, make global objects local to a function"
            )
        ]
    }

    private func needsSwift() throws(ElfError) -> Bool {
        try file.dynamic.texts(ElfDynamicSection.Tag.needed).contains { $0.hasPrefix("libswiftCore.so") }
    }

    private var isSwift: Bool { file.sections?.all.contains { $0.name.hasPrefix("swift5_") } ?? true }

    /// The addresses in the array of constructors, as far as the linker wrote them there; zeros otherwise.
    private func constructorAddresses() throws(ElfError) -> [UInt64] {
        guard let array = file.dynamic[ElfDynamicSection.Tag.initArray] else { return [] }
        let size = file.dynamic[ElfDynamicSection.Tag.initArraySize, default: 0]
        guard size <= 1 << 16 else {
            throw .oversized(what: "the array of constructors", size: size, limit: 1 << 16)
        }
        let bytes = try file.elf.read("the array of constructors", at: array, count: Int(size))
        return stride(from: 0, through: bytes.count - 8, by: 8).map { bytes.number(UInt64.self, at: $0) }
    }

    /// The names of the functions at `addresses` that the file still knows, in order.
    private func constructorNames(_ addresses: [UInt64]) -> [String] {
        guard let sections = file.sections, let table = try? StaticSymbols(sections) else { return [] }
        let functions = table.functions(at: Set(addresses).subtracting([0]))
        return addresses.compactMap { functions[$0] }
    }
}
