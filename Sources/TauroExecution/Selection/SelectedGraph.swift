/// The edges of a pipeline between the nodes of a selection.
///
/// Indexes are those of the whole pipeline; a node that is left out has no edges here. Where one lies between two that
/// are selected, these keep their order all the same.
struct SelectedGraph {
    /// Whether each node of the pipeline is selected.
    let isSelected: [Bool]
    /// The selected nodes that each waits for.
    let graph: DependencyGraph
    /// Those of them that it waits for only because a node between them is left out, ascending.
    let acrossGaps: [[Int]]

    /// Narrows a pipeline's graph; `order` is a topological order of it.
    init(_ whole: DependencyGraph, order: [Int], isSelected: [Bool]) {
        self.isSelected = isSelected
        if isSelected.allSatisfy(\.self) {
            graph = whole
            acrossGaps = isSelected.map { _ in [] }
            return
        }
        var dependencies = [[Int]](repeating: [], count: isSelected.count)
        var acrossGaps = dependencies
        // Of a node that is left out: the selected ones it would wait for, itself or through others that are left out.
        var above = [[Int]](repeating: [], count: isSelected.count)
        for node in order {
            let direct = whole.dependencies(of: node).filter { isSelected[$0] }
            let leftOut = whole.dependencies(of: node).filter { !isSelected[$0] }
            let across = Self.union(leftOut.map { above[$0] })
            if isSelected[node] {
                acrossGaps[node] = direct.isEmpty ? across : across.filter(Self.isOutside(direct))
                dependencies[node] = direct + acrossGaps[node]
            } else {
                above[node] = Self.union([across, direct])
            }
        }
        graph = DependencyGraph(names: whole.names, dependencies: dependencies)
        self.acrossGaps = acrossGaps
    }

    /// What is in any of the lists, ascending; a list that is alone stays the same, since many nodes share a hub's.
    private static func union(_ lists: [[Int]]) -> [Int] {
        let filled = lists.filter { !$0.isEmpty }
        if filled.count <= 1 { return filled.first ?? [] }
        return Set(filled.joined()).sorted()
    }

    private static func isOutside(_ nodes: [Int]) -> (Int) -> Bool {
        let nodes = Set(nodes)
        return { !nodes.contains($0) }
    }
}
