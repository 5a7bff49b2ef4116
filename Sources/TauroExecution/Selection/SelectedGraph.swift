/// The edges of a pipeline between the nodes of a selection.
///
/// Indexes are those of the whole pipeline; a node that is left out has no edges here. Where one lies between two that
/// are selected, these keep their order all the same.
struct SelectedGraph {
    /// Whether each node of the pipeline is selected.
    let isSelected: [Bool]
    /// The selected nodes that each waits for.
    let graph: DependencyGraph
    /// Those of them that it waits for only because a node between them is left out.
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
        var above = [Set<Int>](repeating: [], count: isSelected.count)
        for node in order {
            let direct = whole.dependencies(of: node).filter { isSelected[$0] }
            var across: Set<Int> = []
            for other in whole.dependencies(of: node) where !isSelected[other] { across.formUnion(above[other]) }
            if isSelected[node] {
                acrossGaps[node] = across.subtracting(direct).sorted()
                dependencies[node] = direct + acrossGaps[node]
            } else {
                above[node] = across.union(direct)
            }
        }
        graph = DependencyGraph(names: whole.names, dependencies: dependencies)
        self.acrossGaps = acrossGaps
    }
}
