import TauroModel

/// What the notes say, and whether the file holds to it: E02 to E05.
struct NoteChecks {
    let file: PluginUnderCheck

    /// The problems of the notes that one check is about.
    func findings(_ check: PluginCheck) -> [CheckFinding] {
        guard let notes = file.notes else {
            guard check == .note, let error = file.notesError else { return [skipped(check)] }
            return [CheckFinding(check, .error, "the file \(error.reason)", cure: error.cure)]
        }
        var findings = notes.problems.filter { $0.check == check }.map { problem in
            CheckFinding(check, .error, node: problem.node, "the file \(problem.reason)", cure: problem.cure)
        }
        if !findings.isEmpty { return findings }
        if check == .note {
            if notes.signatures.isEmpty && notes.problems.isEmpty { findings.append(withoutNodes) }
        } else if notes.signatures.isEmpty && !notes.problems.isEmpty {
            findings.append(skipped(check))
        }
        return findings
    }

    /// The nodes whose function is not one that can be called.
    ///
    /// - Throws: `ElfError` for symbol tables that are broken.
    func functions() throws(ElfError) -> [CheckFinding] {
        let symbols = try file.symbols.get()
        guard let signatures = file.notes?.signatures, !signatures.isEmpty else { return [skipped(.functions)] }
        var findings: [CheckFinding] = []
        for signature in signatures {
            guard let problem = try symbols.problem(of: signature) else { continue }
            findings.append(
                CheckFinding(
                    .functions,
                    .error,
                    node: signature.name,
                    problem,
                    cure: ElfSymbols.functionCure
                )
            )
        }
        return findings
    }

    private func skipped(_ check: PluginCheck) -> CheckFinding {
        CheckFinding(check, .skipped, "no node's note could be read")
    }

    private var withoutNodes: CheckFinding {
        CheckFinding(
            .note,
            .warning,
            "the file describes no node",
            cure: "state nodes with TAURO_NODE; an archive's object is only linked if something refers to it"
        )
    }
}
