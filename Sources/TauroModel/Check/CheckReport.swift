/// Everything that `plugins check` found out about one file.
package struct CheckReport: Sendable, Hashable {
    /// Absolute path of the file, without links.
    package let path: String
    /// Its size in bytes.
    package let size: UInt64
    /// The id its linker gave it, in hexadecimal digits.
    package let buildID: String?
    /// What the file says about itself, if it says so soundly.
    package let plugin: NodeSignature.Plugin?
    /// Its nodes whose notes are sound, in the order of the file.
    package let nodes: [String]
    /// In the order of the checks; of each check at least one.
    package var findings: [CheckFinding]
    /// The random cases that were made, if any were asked for.
    package var fuzz: Fuzz?

    /// Random cases of one seed.
    package struct Fuzz: Sendable, Hashable {
        package let seed: UInt64
        package let caseCount: Int

        package init(seed: UInt64, caseCount: Int) {
            self.seed = seed
            self.caseCount = caseCount
        }
    }

    package init(
        path: String,
        size: UInt64,
        buildID: String?,
        plugin: NodeSignature.Plugin?,
        nodes: [String],
        findings: [CheckFinding]
    ) {
        self.path = path
        self.size = size
        self.buildID = buildID
        self.plugin = plugin
        self.nodes = nodes
        self.findings = findings
    }

    /// Whether the plugin must not be used.
    package var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Each check with everything it found: once for the file, or once for each node that it is about.
    package var outcomes: [CheckOutcome] {
        var outcomes: [CheckOutcome] = []
        var places: [CheckOutcome.Key: Int] = [:]
        for finding in findings {
            let key = CheckOutcome.Key(check: finding.check, node: finding.node)
            if let place = places[key] {
                outcomes[place].findings.append(finding)
            } else {
                places[key] = outcomes.count
                outcomes.append(CheckOutcome(key: key, findings: [finding]))
            }
        }
        return outcomes
    }
}

/// One check of a file, or of one of its nodes, with all its findings.
package struct CheckOutcome: Sendable, Hashable {
    /// What was checked, and of what.
    package struct Key: Sendable, Hashable {
        package let check: PluginCheck
        package let node: String?
    }

    package let key: Key
    /// At least one.
    package fileprivate(set) var findings: [CheckFinding]

    /// The worst of its findings.
    package var severity: CheckFinding.Severity {
        CheckFinding.Severity.allCases.first { severity in findings.contains { $0.severity == severity } } ?? .passed
    }
}
