/// The order in which a graph's nodes are drawn, one a line: after all they depend on, and with few lines open at once.
enum DrawingOrder {
    /// The nodes as they are drawn; `dependencies[n]` lists what node `n` depends on, all of them before `n`.
    static func best(_ dependencies: [[Int]]) -> [Int] {
        let given = Array(dependencies.indices)
        let candidates = [given, needsFirst(dependencies), lastReadyFirst(dependencies)]
        return candidates.min { openness($0, dependencies) < openness($1, dependencies) } ?? given
    }

    /// How many lines are open, summed over the drawing.
    private static func openness(_ order: [Int], _ dependencies: [[Int]]) -> Int {
        var rows = [Int](repeating: 0, count: order.count)
        for (row, node) in order.enumerated() { rows[node] = row }
        var ends = rows
        for (node, needed) in dependencies.enumerated() {
            for one in needed { ends[one] = max(ends[one], rows[node]) }
        }
        return zip(ends, rows).reduce(0) { $0 + $1.0 - $1.1 }
    }

    /// From each end of the graph, what it needs and then itself; of several needs the deepest first, since the lines
    /// of the others would be open all the while.
    private static func needsFirst(_ dependencies: [[Int]]) -> [Int] {
        var depths = [Int](repeating: 0, count: dependencies.count)
        var isNeeded = [Bool](repeating: false, count: dependencies.count)
        for (node, needed) in dependencies.enumerated() {
            depths[node] = (needed.map { depths[$0] + 1 }.max() ?? 0)
            for one in needed { isNeeded[one] = true }
        }
        var order: [Int] = []
        var isSeen = isNeeded.map { _ in false }
        var stack: [(node: Int, open: [Int])] = []
        func visit(_ node: Int) {
            isSeen[node] = true
            stack.append((node, dependencies[node].sorted { (depths[$0], $1) < (depths[$1], $0) }))
        }
        for end in dependencies.indices where !isNeeded[end] {
            visit(end)
            while let top = stack.last {
                if let next = stack[stack.count - 1].open.popLast() {
                    if !isSeen[next] { visit(next) }
                } else {
                    order.append(top.node)
                    stack.removeLast()
                }
            }
        }
        return order
    }

    /// What became ready last is drawn first, so that lines are followed to their end.
    private static func lastReadyFirst(_ dependencies: [[Int]]) -> [Int] {
        var dependents = [[Int]](repeating: [], count: dependencies.count)
        var missing = dependencies.map(\.count)
        for (node, needed) in dependencies.enumerated() {
            for one in needed { dependents[one].append(node) }
        }
        var ready = Array(dependencies.indices.filter { missing[$0] == 0 }.reversed())
        var order: [Int] = []
        while let node = ready.popLast() {
            order.append(node)
            for dependent in dependents[node].reversed() {
                missing[dependent] -= 1
                if missing[dependent] == 0 { ready.append(dependent) }
            }
        }
        return order
    }
}
