import TauroBasics
import TauroEngine
package import TauroModel

extension InputLoader {
    /// What a dataset that is a query reads, in turn too, each once; nothing for others.
    package func datasets(readBy dataset: DatasetDefinition) -> [PlannedInput] { queries.datasets(readBy: dataset) }

    /// The server that a dataset is on, by a name without secrets; nil for one that is files.
    package func resource(of dataset: DatasetDefinition) -> String? { drivers[dataset]?.resource(of: dataset) }

    /// What is wrong with how a dataset is described, without a look at what is there.
    package func check(description dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] {
        DatasetCheck.findings(dataset, isInput: isInput) + (isInput ? queries.findings(dataset) : [])
    }

    func isQuery(_ dataset: DatasetDefinition) -> Bool {
        dataset.query != nil && dataset.format.value == QueryDatasets.formatName
    }

    /// Everything that is wrong with a query itself; what it reads is checked as datasets of their own.
    func check(query dataset: DatasetDefinition, as kind: NodeSignature.Input.Kind) -> InputFindings {
        var problems = check(description: dataset, isInput: true)
        if kind == .artifact {
            let message = "Dataset '\(dataset.id)': a query gives a frame, and the node takes an artifact"
            problems.append(Diagnostic(.error, .configuration, message, at: dataset.location))
        }
        if problems.isEmpty, let problem = bindingProblem(of: dataset) { problems.append(problem) }
        return InputFindings(problems: problems)
    }

    /// What is wrong with the columns and types of a query, if all it reads is there and no run changes it before.
    private func bindingProblem(of dataset: DatasetDefinition) -> Diagnostic? {
        for read in datasets(readBy: dataset) {
            guard case .source(let source) = read, !queries.isStored(source),
                isQuery(source) || check(source, isStored: false, as: .frame).all.isEmpty
            else { return nil }
        }
        do {
            _ = try frame(dataset, dates: DateWindow()).schema()
            return nil
        } catch let error as SQLError where error.code == .invalid {
            return Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': \(error.message)",
                at: dataset.query?.location ?? dataset.location
            )
        } catch {
            // What is wrong with a file is told of the dataset that it is.
            return nil
        }
    }

    /// The rows of a query, over the rows of what it reads.
    func queried(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        if let cycle = queries.cycle(from: dataset) {
            let way = cycle.joined(separator: " -> ")
            throw DatasetError(.unreadable, "dataset '\(dataset.id)': its query reads itself: \(way)")
        }
        let text = dataset.query?.value ?? ""
        let tables = try queries.tables(of: text).map { table in
            guard let definition = table.dataset?.definition else {
                throw DatasetError(
                    .notFound,
                    "dataset '\(dataset.id)': its query reads '\(table.name)', which is no dataset of the project"
                )
            }
            return (name: table.name, frame: try frame(definition, dates: dates))
        }
        return try engine.open(
            QueryRequest(
                text: text,
                tables: tables,
                columns: dataset.typedColumns,
                dateFilter: dataset.dateFilter(dates)
            )
        )
    }
}
