import TauroBasics
package import TauroModel

/// The checks that read a plugin's file and run no byte of it.
///
/// Every check is made, whatever the others found, as far as the file can be read.
package struct StaticChecks: Sendable {
    /// What the file is compared with.
    let host: CheckingHost

    init(host: CheckingHost) { self.host = host }

    /// The checks against this process.
    package init() { self.init(host: .current) }

    /// Makes all checks of the file at `path`, an absolute path without links.
    ///
    /// - Throws: `ConfigurationError` for what can not be read at all.
    package func report(_ path: String) throws(ConfigurationError) -> CheckReport {
        let file: PluginUnderCheck
        do throws(ElfError) {
            file = try PluginUnderCheck(path: path)
        } catch {
            if error.isUnreadable { throw StaticChecks.unreadable(path, error.reason, cure: error.cure) }
            return refused(path, error)
        }
        let findings = PluginCheck.all(of: .static).flatMap { self.findings($0, file) }
        return CheckReport(
            path: path,
            size: file.elf.file.size,
            buildID: file.buildID,
            plugin: file.notes?.plugin,
            nodes: file.notes?.signatures.map(\.name) ?? [],
            findings: findings
        )
    }

    private func findings(_ check: PluginCheck, _ file: PluginUnderCheck) -> [CheckFinding] {
        do throws(ElfError) {
            let findings = try make(check, file)
            return findings.isEmpty ? [CheckFinding(check, .passed)] : findings
        } catch {
            return [CheckFinding(check, .error, "the file \(error.reason)", cure: error.cure)]
        }
    }

    private func make(_ check: PluginCheck, _ file: PluginUnderCheck) throws(ElfError) -> [CheckFinding] {
        switch check {
        case .sharedObject: []
        case .note, .names, .defaults: NoteChecks(file: file).findings(check)
        case .functions: try NoteChecks(file: file).functions()
        case .memoryRights: try LinkChecks(file: file).memoryRights()
        case .staticTLS: LinkChecks(file: file).staticTLS()
        case .exports: try SymbolChecks(file: file).exports()
        case .uniqueSymbols: try SymbolChecks(file: file).uniqueSymbols()
        case .searchPaths: try LibraryChecks(file: file, host: host).searchPaths()
        case .neededLibraries: try LibraryChecks(file: file, host: host).neededLibraries()
        case .swiftRuntime: try LanguageChecks(file: file, host: host).swiftRuntime()
        case .constructors: try LanguageChecks(file: file, host: host).constructors()
        case .trust: trust(file.path)
        case .facts: [CheckFinding(.facts, .info, file.facts)]
        default: []
        }
    }

    private func trust(_ path: String) -> [CheckFinding] {
        guard let distrust = host.distrustOfFile(path) else { return [] }
        return [CheckFinding(.trust, .error, distrust)]
    }

    /// What to say of a path without a file that can be read.
    package static func unreadable(
        _ path: String,
        _ reason: String,
        cure: String = PlainFileError.readingCure
    ) -> ConfigurationError {
        ConfigurationError(
            operation: "check a plugin",
            diagnostics: [Diagnostic(.error, .configuration, "the plugin \(path) \(reason)", notes: [cure])]
        )
    }

    /// The report of a file that is no shared object of this machine.
    private func refused(_ path: String, _ error: ElfError) -> CheckReport {
        let findings = PluginCheck.all(of: .static).flatMap { check in
            switch check {
            case .sharedObject: [CheckFinding(check, .error, "the file \(error.reason)", cure: error.cure)]
            case .trust: self.findings(trust(path), of: check)
            default: [CheckFinding(check, .skipped, "the file is no shared object that this host can load")]
            }
        }
        let size = (try? FileSystem.size(of: path)) ?? 0
        return CheckReport(
            path: path,
            size: UInt64(max(0, size)),
            buildID: nil,
            plugin: nil,
            nodes: [],
            findings: findings
        )
    }

    private func findings(_ findings: [CheckFinding], of check: PluginCheck) -> [CheckFinding] {
        findings.isEmpty ? [CheckFinding(check, .passed)] : findings
    }
}

extension ElfError {
    /// Whether the system did not give the file, so that nothing is known of it.
    fileprivate var isUnreadable: Bool {
        switch self {
        case .file(.unreadable), .file(.notRegular): true
        default: false
        }
    }
}
