import Synchronization
import TauroBasics
import TauroEngine
import TauroModel

/// Datasets that are queries over other datasets of the project.
///
/// Safe from any thread. A table in a query is an entry of `input.yaml`, or else what a run stored, as people would name
/// it; whatever its case, as in SQL.
final class QueryDatasets: Sendable {
    /// What `format` says of such a dataset.
    static let formatName = "query"

    /// A table that a query reads.
    struct Table {
        /// As the query writes it.
        let name: String
        /// Nil where it is no dataset of the project.
        let dataset: PlannedInput?
    }

    private let engine: any Engine
    private let context: Context?
    private let idsByLowercase: [String: String]
    /// What queries read, by their text.
    private let known = Mutex<[String: [String]]>([:])

    init(engine: any Engine, context: Context?) {
        self.engine = engine
        self.context = context
        let hasQueries = context?.inputs.contains { $0.query != nil } ?? false
        let ids = hasQueries ? context?.datasetIDs ?? [] : []
        idsByLowercase = Dictionary(ids.map { ($0.lowercased(), $0) }) { first, _ in first }
    }

    /// The tables that a query reads.
    ///
    /// - Throws: `SQLError` for a text that can not be the query of a dataset.
    func tables(of query: String) throws -> [Table] {
        let names: [String]
        if let found = known.withLock({ $0[query] }) {
            names = found
        } else {
            // Asking loads the engine, so it happens outside the lock; two threads may both do it, and find the same.
            names = try engine.tables(readBy: query)
            known.withLock { $0[query] = names }
        }
        return names.map { Table(name: $0, dataset: dataset($0)) }
    }

    private func dataset(_ name: String) -> PlannedInput? {
        context?.dataset(name) ?? idsByLowercase[name.lowercased()].flatMap { context?.dataset($0) }
    }

    /// Whether an entry of `input.yaml` lies where results are stored, so that a run may change it.
    func isStored(_ dataset: DatasetDefinition) -> Bool {
        guard let directory = context?.globalSettings.outputPath else { return false }
        return dataset.path.value.hasPrefix(directory + "/")
    }

    /// What a dataset reads, in turn too, each once; as far as it can be told.
    func datasets(readBy dataset: DatasetDefinition) -> [PlannedInput] {
        var found: [PlannedInput] = []
        var seen: Set<String> = [dataset.id]
        var queries = [dataset]
        while let query = queries.popLast()?.query {
            for table in (try? tables(of: query.value)) ?? [] {
                guard let read = table.dataset, seen.insert(read.id).inserted else { continue }
                found.append(read)
                if case .source(let definition) = read { queries.append(definition) }
            }
        }
        return found
    }

    /// What is wrong with a query: its syntax, names that are no datasets, and that it reads itself.
    ///
    /// Nothing where there is no engine to ask.
    func findings(_ dataset: DatasetDefinition) -> [Diagnostic] {
        guard let query = dataset.query else { return [] }
        func finding(_ message: String, _ notes: [String] = []) -> Diagnostic {
            Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': \(message)",
                at: query.location ?? dataset.location,
                notes: notes
            )
        }
        do {
            var findings: [Diagnostic] = []
            let ids = Array(idsByLowercase.values)
            for table in try tables(of: query.value) where table.dataset == nil {
                let nearest = NearestName.note(NearestName.nearest(to: table.name, in: ids))
                findings.append(
                    finding(
                        "its query reads '\(table.name)', which is no dataset of the project",
                        nearest + ["a query reads entries of input.yaml and what nodes store, by their ids"]
                    )
                )
            }
            if let cycle = cycle(from: dataset) {
                findings.append(
                    finding(
                        "its query reads itself: \(cycle.joined(separator: " -> "))",
                        ["take one of these out of the query before it"]
                    )
                )
            }
            return findings
        } catch let error as SQLError {
            return error.code == .missingEngine ? [] : [finding(error.message)]
        } catch {
            return [finding("\(error)")]
        }
    }

    /// The ids of a way on which a query reads itself; nil where there is none.
    func cycle(from dataset: DatasetDefinition) -> [String]? {
        var seen: Set<String> = []
        func way(from query: DatasetDefinition) -> [String]? {
            guard let text = query.query?.value, let tables = try? tables(of: text) else { return nil }
            for case .source(let read)? in tables.map(\.dataset) where read.query != nil {
                if read.id == dataset.id { return [query.id, read.id] }
                if seen.insert(read.id).inserted, let rest = way(from: read) { return [query.id] + rest }
            }
            return nil
        }
        return way(from: dataset)
    }
}
