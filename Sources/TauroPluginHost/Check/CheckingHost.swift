import TauroBasics

/// What a plugin is compared with: this program, and the system it runs on.
struct CheckingHost: Sendable {
    /// The lines by which Swift's compilers signed this program; empty where it does not say.
    let swiftCompilers: Set<String>
    let libraries: LibrarySearch
    /// Why the file at an absolute path must not be loaded, as a clause; nil if it may.
    let distrustOfFile: @Sendable (String) -> String?
    /// Why nothing may be loaded from the directory at an absolute path, as a clause; nil if it may.
    let distrustOfDirectory: @Sendable (String) -> String?

    /// This process.
    static let current = CheckingHost(
        swiftCompilers: ownCompilers(),
        libraries: .system,
        distrustOfFile: { TrustSurvey.distrust(ofFile: $0) },
        distrustOfDirectory: { directory in
            var survey = TrustSurvey()
            return survey.distrust(ofDirectory: directory)
        }
    )

    private static func ownCompilers() -> Set<String> {
        guard let elf = try? ElfFile(path: "/proc/self/exe"), let sections = try? ElfSections(elf) else { return [] }
        return (try? CompilerSignatures.swift(in: sections)) ?? []
    }
}

/// The lines by which compilers sign what they make, in the section `.comment`.
enum CompilerSignatures {
    /// Most bytes of the section that are read.
    private static let most = 1 << 16

    /// The lines of Swift's own clang, which every Swift compiler leaves.
    ///
    /// - Throws: `ElfError`.
    static func swift(in sections: ElfSections) throws(ElfError) -> Set<String> {
        guard let section = sections[".comment"] else { return [] }
        let lines = try sections.content(of: section, atMost: most).split(separator: 0)
        return Set(
            lines.map { String(decoding: $0, as: UTF8.self) }.filter {
                $0.contains("swiftlang/llvm-project") || $0.contains("apple/llvm-project")
            }
        )
    }
}
