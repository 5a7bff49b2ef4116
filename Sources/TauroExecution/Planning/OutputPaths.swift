import TauroBasics
import TauroModel

/// The directories that the outputs of some nodes are stored in, and where they get into each other's way.
struct OutputPaths {
    private let nodes: [NodeDefinition]
    private let outputs: [[DatasetDefinition]]
    /// Who writes each path; of several the first.
    private var writers: [String: Writer]
    /// Outputs whose path another one has already, in the order of the file.
    private var clashes: [(first: Writer, second: Writer)] = []

    /// One output, by the places of its node and of itself among the node's.
    private struct Writer {
        let node: Int
        let output: Int
    }

    /// Looks at the resolved `outputs` of `nodes`; both have the same order.
    init(_ nodes: [NodeDefinition], _ outputs: [[DatasetDefinition]]) {
        self.nodes = nodes
        self.outputs = outputs
        writers = Dictionary(minimumCapacity: nodes.count)
        for node in outputs.indices {
            for output in outputs[node].indices { add(Writer(node: node, output: output)) }
        }
    }

    private mutating func add(_ writer: Writer) {
        let path = path(of: writer)
        if let first = writers[path] {
            clashes.append((first, writer))
        } else {
            writers[path] = writer
        }
    }

    /// Two nodes that write one output id or one path.
    func repeated() -> [Diagnostic] {
        clashes.map { first, second in
            let (one, other) = (id(of: first), id(of: second))
            let what = one == other ? "output '\(one)'" : "'\(one)' and '\(other)', which are one path"
            let who =
                first.node == second.node
                ? "Node '\(nodes[first.node].name)' writes \(what) twice"
                : "Nodes '\(nodes[first.node].name)' and '\(nodes[second.node].name)' both write \(what)"
            return finding(who, second, notes: ["path: \(path(of: second))", "give each node an output of its own"])
        }
    }

    /// Outputs whose directory lies inside another's, where replacing the outer one would remove the inner; of two nodes,
    /// by their places, only where they are `concerned`.
    func nested(_ areConcerned: (Int, Int) -> Bool = { _, _ in true }) -> [Diagnostic] {
        // Many outputs share few directories.
        var known: [String: Writer?] = [:]
        var findings: [Diagnostic] = []
        for node in outputs.indices {
            for output in outputs[node].indices {
                let inner = Writer(node: node, output: output)
                guard let outer = enclosing(path(of: inner), &known), areConcerned(outer.node, node) else { continue }
                findings.append(
                    finding(
                        "Nodes '\(nodes[outer.node].name)' and '\(nodes[node].name)': output '\(id(of: inner))' lies "
                            + "inside output '\(id(of: outer))', which would replace it",
                        inner,
                        notes: ["an output is a whole directory; give one of them another id"]
                    )
                )
            }
        }
        return findings
    }

    /// Of each dataset whose path is the directory of an output, or lies in it: who stores that output.
    func storers(of datasets: [DatasetDefinition]) -> [String: (node: Int, output: String)] {
        if writers.isEmpty { return [:] }
        var known: [String: Writer?] = [:]
        var storers: [String: (node: Int, output: String)] = [:]
        for dataset in datasets {
            let path = dataset.path.value
            guard let writer = writers[path] ?? enclosing(path, &known) else { continue }
            storers[dataset.id] = (writer.node, id(of: writer))
        }
        return storers
    }

    private func enclosing(_ path: String, _ known: inout [String: Writer?]) -> Writer? {
        let directory = FilePath.parent(path)
        if directory.utf8.count <= 1 { return nil }
        if let outer = known[directory] { return outer }
        let outer = writers[directory] ?? enclosing(directory, &known)
        known[directory] = .some(outer)
        return outer
    }

    private func path(of writer: Writer) -> String { outputs[writer.node][writer.output].path.value }

    private func id(of writer: Writer) -> String { outputs[writer.node][writer.output].id }

    private func finding(_ message: String, _ writer: Writer, notes: [String]) -> Diagnostic {
        let node = nodes[writer.node]
        // Of an output that a node lists twice the second is meant, as where its file is read.
        let written = node.outputs.last { $0.value == id(of: writer) }
        return Diagnostic(.error, .validation, message, at: written?.location ?? node.location, notes: notes)
    }
}
