import TauroBasics
import TauroModel

/// Checks what an output says of how its rows lie in their directory, before anything runs.
struct OutputCheck {
    private let dataset: DatasetDefinition
    private var findings: [Diagnostic] = []

    /// All findings about one output.
    static func findings(_ dataset: DatasetDefinition) -> [Diagnostic] {
        var check = OutputCheck(dataset: dataset)
        check.checkPartition()
        check.checkSchemaChanges()
        check.checkReplacing()
        check.checkCompression()
        return check.findings
    }

    private init(dataset: DatasetDefinition) {
        self.dataset = dataset
    }

    private mutating func checkPartition() {
        var names: Set<String> = []
        for column in dataset.layout.partition {
            if column.value.isEmpty {
                report("'partition' names a column without a name", at: column.location)
            } else if !names.insert(column.value.lowercased()).inserted {
                report("'partition' names the column '\(column.value)' twice", at: column.location)
            }
        }
        let layout = dataset.options["layout"]
        if !names.isEmpty, dataset.format.value == TableFormat.json.name, layout?.content == .string("array") {
            report("json with 'partition' is written as lines; leave out 'layout: array'", at: layout?.location)
        }
    }

    private mutating func checkSchemaChanges() {
        let layout = dataset.layout
        if let merges = layout.mergesSchema, merges.value {
            if !mayDiffer {
                report(
                    "'merge_schema' is for parquet and delta, and the format is \(dataset.format.value)",
                    at: merges.location
                )
            } else if dataset.writeMode != .append {
                report(needs("merge_schema", .append), at: merges.location)
            }
        }
        if let overwrites = layout.overwritesSchema, dataset.writeMode != .overwrite {
            report(needs("overwrite_schema", .overwrite), at: overwrites.location)
        }
    }

    private mutating func checkReplacing() {
        let layout = dataset.layout
        guard let strategy = layout.overwriteStrategy else {
            if let predicate = layout.replacePredicate {
                report("'replace_predicate' needs 'overwrite_strategy: replaceWhere'", at: predicate.location)
            }
            return
        }
        if dataset.writeMode != .overwrite { report(needs("overwrite_strategy", .overwrite), at: strategy.location) }
        if !mayDiffer {
            report(
                "'replaceWhere' is for parquet and delta, and the format is \(dataset.format.value)",
                at: strategy.location
            )
        }
        if layout.partition.isEmpty {
            report("'replaceWhere' replaces partitions, so it needs 'partition'", at: strategy.location)
        }
        if layout.replacePredicate.map(\.value.isEmpty) ?? true {
            let place = layout.replacePredicate?.location ?? strategy.location
            report("'replaceWhere' needs 'replace_predicate', a condition such as day >= '2026-01-01'", at: place)
        }
        if let overwrites = layout.overwritesSchema, overwrites.value {
            report("with 'replaceWhere' columns stay, so leave out 'overwrite_schema: true'", at: overwrites.location)
        }
    }

    /// Only zstd has levels that the writer of parquet knows.
    private mutating func checkCompression() {
        guard dataset.format.value == TableFormat.parquet.name, let level = dataset.options["compression_level"] else {
            return
        }
        if dataset.options["compression"]?.content != .string("zstd") {
            report("'compression_level' needs 'compression: zstd'", at: level.location)
        } else if case .integer(let number) = level.content, !(1...22).contains(number) {
            report("'compression_level' is from 1 to 22, and is \(number)", at: level.location)
        }
    }

    /// Whether stored files may differ, and some of them be replaced.
    private var mayDiffer: Bool {
        [TableFormat.parquet, .delta].contains { $0.name == dataset.format.value }
    }

    private func needs(_ key: String, _ mode: DatasetDefinition.WriteMode) -> String {
        "'\(key)' has a meaning only with write_mode \(mode.rawValue), and it is \(dataset.writeMode.rawValue)"
    }

    private mutating func report(_ text: String, at location: SourceLocation?) {
        findings.append(
            Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': \(text)",
                at: location ?? dataset.location
            )
        )
    }
}
