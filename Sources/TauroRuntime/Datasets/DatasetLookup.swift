import TauroBasics
import TauroIO
package import TauroModel

/// A dataset of the project, by its id.
package struct ProjectDataset: Sendable {
    package let definition: DatasetDefinition
    /// Whether a run stores it; else `input.yaml` names it.
    package let isOutput: Bool
}

extension BaseExecutor {
    /// Every dataset of the project: inputs in the order of their file, then outputs by their ids.
    var projectDatasets: [ProjectDataset] {
        let outputs = context.storedIDs.sorted().compactMap { context.outputDefinition(for: $0) }
        return context.inputs.map { ProjectDataset(definition: $0, isOutput: false) }
            + outputs.map { ProjectDataset(definition: $0, isOutput: true) }
    }

    /// The dataset called `id`; an input wins over an output of that name, as it does for a node.
    ///
    /// - Throws: `ConfigurationError` that names the nearest ids.
    func projectDataset(_ id: String, to operation: String) throws -> ProjectDataset {
        if let input = context.input(id) { return ProjectDataset(definition: input, isOutput: false) }
        if context.stores(id), let output = context.outputDefinition(for: id) {
            return ProjectDataset(definition: output, isOutput: true)
        }
        let known = context.storedIDs.union(context.inputs.map(\.id)).sorted()
        let notes =
            known.isEmpty
            ? ["the project has no datasets: input.yaml names inputs, and nodes their outputs"]
            : ["datasets: \(known.listed(atMost: 12)); `tauro-host datasets list` shows all"]
        throw ConfigurationError(
            operation: "\(operation) \(id)",
            diagnostics: [
                Diagnostic(
                    .error,
                    .configuration,
                    "Dataset '\(id)' is not defined",
                    notes: NearestName.note(NearestName.nearest(to: id, in: known)) + notes
                )
            ]
        )
    }

    /// The dataset called `id`, as it was at a version where one is meant.
    ///
    /// - Throws: `ConfigurationError` that names the nearest ids, or that says that the dataset has no versions.
    func projectDataset(_ id: String, version: Int64?, to operation: String) throws -> ProjectDataset {
        let dataset = try projectDataset(id, to: operation)
        guard let version else { return dataset }
        guard let definition = dataset.definition.reading(version: version) else {
            throw ConfigurationError(
                operation: "\(operation) \(id)",
                diagnostics: [
                    Diagnostic(
                        .error,
                        .configuration,
                        "Dataset '\(id)' has the format \(dataset.definition.format.value), which has no versions",
                        at: dataset.definition.location,
                        notes: ["leave out --version, or store it with format: delta"]
                    )
                ]
            )
        }
        // Whoever says a version of an output reads it as an input that says one is read.
        return ProjectDataset(definition: definition, isOutput: false)
    }

    /// A dataset's rows, which are there and are a table.
    ///
    /// - Throws: `ConfigurationError` where they are not, `DatasetError` where they can not be read, `ResourceError` when
    ///   the engine is missing.
    func table(_ dataset: ProjectDataset, to operation: String, dates: DateWindow) throws -> Frame {
        let definition = dataset.definition
        if let mediaType = inputLoader.presence(of: definition)?.mediaType {
            throw ConfigurationError(
                operation: "\(operation) \(definition.id)",
                diagnostics: [
                    Diagnostic(
                        .error,
                        .configuration,
                        "Dataset '\(definition.id)' is an artifact (\(mediaType)), not a table",
                        at: definition.location,
                        notes: ["`tauro-host datasets preview \(definition.id)` says what is stored"]
                    )
                ]
            )
        }
        let read = inputLoader.datasets(readBy: definition).flatMap { check($0, as: .frame).all }
        let findings = inputLoader.check(definition, isStored: dataset.isOutput, as: .frame).all + read
        if findings.contains(where: { $0.severity == .error }) {
            throw ConfigurationError(operation: "\(operation) \(definition.id)", diagnostics: findings)
        }
        guard case .frame(let frame) = try inputLoader.load(definition, as: .frame, dates: dates) else {
            throw DatasetError(.unreadable, "dataset '\(definition.id)' is not a table")
        }
        return frame
    }

    /// Runs `body`, which reads a dataset; an error of the engine then names the dataset.
    func reading<Result>(_ id: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as SQLError where error.code != .missingEngine {
            throw DatasetError(.unreadable, "dataset '\(id)': \(error.message)")
        }
    }
}
