import Foundation

/// A project of sixty nodes in ten layers, which store in every format and mode, with the ledger that their calls write.
///
/// Each node reads up to three of the layers before, so that chains split and join. It may be copied, at any time.
final class LayeredProject {
    /// What a node stores.
    private struct Storing {
        let outputs: [(id: String, definition: String)]
        var settings = ""
    }

    static let layers = 10
    static let width = 6

    let project: TestProject
    var path: String { project.path }
    var ledger: String { project.scratch.file("ledger") }

    /// Makes the project and compiles its plugin; a call takes up to `pause` microseconds longer than it needs.
    init(pause: Int) throws {
        let places = 0..<LayeredProject.layers * LayeredProject.width
        let storings = places.map(LayeredProject.storing)
        project = try TestProject(
            nodes: places.map { LayeredProject.node($0, storings[$0], pause: pause) }.joined(),
            pipeline: places.map(LayeredProject.name),
            output: storings.flatMap(\.outputs).map { "\($0.id): \($0.definition)\n" }.joined(),
            settings: "max_workers: 4\n"
        )
        try project.plugin("ledger", LedgerPlugin.source, flags: ["-Wall", "-Wextra", "-Werror"])
    }

    /// The copy of a project as it is, files and all; nothing is in its ledger.
    init(copying original: LayeredProject) throws {
        project = try TestProject(copying: original.project)
    }

    static func name(_ place: Int) -> String { place < 10 ? "n0\(place)" : "n\(place)" }

    /// The outputs of each node that has some.
    static let outputs: [String: [String]] = {
        let places = 0..<layers * width
        let pairs = places.map { (name($0), storing($0).outputs.map(\.id)) }
        return Dictionary(uniqueKeysWithValues: pairs.filter { !$0.1.isEmpty })
    }()

    /// What a node stores: one of eleven kinds, so that no layer has two of a kind.
    private static func storing(_ place: Int) -> Storing {
        let node = name(place)
        func one(_ definition: String) -> Storing { Storing(outputs: [("gold.\(node)", definition)]) }
        switch place % 11 {
        case 0: return one("{format: parquet}")
        case 1: return one("{format: parquet, write_mode: append}")
        case 2: return Storing(outputs: [])
        case 3: return one("{format: csv, write_mode: append}")
        case 4: return one("{format: json}")
        case 5: return one("{format: arrow}")
        case 6: return one("{format: delta, write_mode: append}")
        case 7: return one("{format: parquet, partition: [part]}")
        case 8: return one("{format: sqlite, uri: kept.db, table: \(node), write_mode: append}")
        case 9: return Storing(outputs: [], settings: ", isolation: process")
        default:
            let outputs = [
                ("silver.\(node)", "{format: orc, write_mode: append}"), ("gold.\(node)", "{format: csv}"),
            ]
            return Storing(outputs: outputs)
        }
    }

    private static func node(_ place: Int, _ storing: Storing, pause: Int) -> String {
        let (layer, column) = (place / width, place % width)
        let above = (layer - 1) * width
        let read = layer == 0 ? [] : [above + column, above + (column * 5 + layer) % width, max(0, place - 11)]
        let isModel = layer == layers - 1 && column == 1
        let isFlaky = place % 15 == 14
        let function = layer == 0 ? "l.source" : isModel ? "l.model" : "l.merge"
        let dependencies = isModel ? [read[0]] : Set(read).sorted()
        var parameters = "node: \(name(place)), pause: \(pause)"
        if !isModel { parameters += ", salt: \(place)" }
        if isFlaky { parameters += ", flaky: true" }
        let retry = isFlaky ? ", retry: {max_retries: 5, delay_seconds: 0.01, backoff_factor: 1}" : ""
        let names = dependencies.map(name).joined(separator: ", ")
        let outputs = storing.outputs.map(\.id).joined(separator: ", ")
        return "\(name(place)): {function: \(function), dependencies: [\(names)], output: [\(outputs)], "
            + "params: {\(parameters)}\(storing.settings)\(retry)}\n"
    }
}
