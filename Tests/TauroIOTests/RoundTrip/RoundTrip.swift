import TauroBasics
import TauroData
import TauroEngine
import TauroModel

@testable import TauroIO

/// Stores tables as a run does, reads them as the next run does, and says in a few words what became of them.
struct RoundTrip {
    let engine: any Engine
    let project: Project

    /// What became of a table: `same`, the types it has now where its values are the same, or what was lost.
    func outcome(of sample: RoundTripCase, in format: TableFormat) throws -> String {
        let dataset = project.output(format.name, path: "out/\(format.name)")
        return try outcome(of: sample, in: dataset) { _ in dataset }
    }

    /// The same of one dataset, which is read again as `reading` says.
    func outcome(
        of sample: RoundTripCase,
        in dataset: DatasetDefinition,
        reading: (Frame) throws -> DatasetDefinition
    ) throws -> String {
        let original = try sample.make(engine)
        do {
            _ = try DataOutputManager(engine: engine, writers: 1, parts: RealStore.parts).store(
                .frame(original),
                as: dataset,
                commit: CommitIdentity(runID: Project.runID, node: sample.name),
                cancellation: CancellationToken()
            )
        } catch {
            return "refused: \(reason(error))"
        }
        do {
            guard
                case .frame(let frame) = try InputLoader(engine: engine, parts: RealStore.parts).load(
                    reading(original),
                    as: .frame,
                    dates: DateWindow()
                )
            else { return "not a table" }
            return try comparison(original, frame, truth: sample.truth)
        } catch {
            return "can not be read again: \(reason(error))"
        }
    }

    private func comparison(_ original: Frame, _ stored: Frame, truth: [String?]?) throws -> String {
        let before = try engine.deliverable(original, spool: nil, cancellation: CancellationToken()).schema().fields
        let after = try stored.schema().fields
        if before.map(\.name) != after.map(\.name) {
            return "names become \(after.map { "`\($0.name)`" }.listed(atMost: 4))"
        }
        let changed = zip(before, after).filter { $0.type != $1.type }
        let types = changed.map { "`\($1.type)`" }
        let unique = types.enumerated().filter { !types[..<$0.offset].contains($0.element) }.map(\.element)
        let (old, new) = try (truth?.map { [$0] } ?? texts(of: original), texts(of: stored))
        guard
            let row = (0..<max(old.count, new.count)).first(where: { place in
                place >= old.count || place >= new.count || old[place] != new[place]
            })
        else {
            if changed.isEmpty { return "same" }
            return unique == ["`utf8`"] ? "its text, type `utf8`" : "values same, type \(unique.listed(atMost: 3))"
        }
        if row >= old.count || row >= new.count { return "\(old.count) rows become \(new.count)" }
        let column = zip(old[row], new[row]).enumerated().first { $0.element.0 != $0.element.1 }
        let lost = column.map { "\(shown($0.element.0)) becomes \(shown($0.element.1))" } ?? ""
        return unique.isEmpty ? lost : "\(lost), type \(unique.listed(atMost: 3))"
    }

    private func shown(_ text: String?) -> String {
        guard let text else { return "null" }
        return text.isEmpty ? "empty text" : "`\(text.replacing("\n", with: "\\n"))`"
    }

    private func texts(of frame: Frame) throws -> [[String?]] {
        try FrameTexts(engine).rows(of: frame, columns: frame.schema().fields.map(\.name), limit: 100)
    }

    private func reason(_ error: any Error) -> String {
        let text = (error as? SQLError)?.message ?? "\(error)"
        return String(text.prefix { $0 != "\n" }).replacing(project.path, with: "…")
    }
}
