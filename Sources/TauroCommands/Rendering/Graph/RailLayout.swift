/// Where each line of a drawn graph has its node and its rails.
///
/// A rail leads down from a node to the last one that depends on it. Rows are places in the drawing.
struct RailLayout {
    /// What one column of a row holds.
    enum Cell: Equatable {
        case empty
        case node
        /// A rail that passes by; it runs on top where a branch crosses it.
        case rail
        /// A branch that runs sideways only.
        case branch
        /// A rail that a branch meets and that ends here, or leads on.
        case joint(left: Bool, right: Bool, leadsOn: Bool)
    }

    /// One row of the drawing.
    struct Row: Equatable {
        var cells: [Cell]
        /// The columns between whose first and last a branch runs.
        var branch: ClosedRange<Int>
        /// Rows that this one's node depends on without a rail from there.
        var distant: [Int]
    }

    /// The rows from top to bottom.
    private(set) var rows: [Row] = []
    /// How many columns the widest row has.
    var columnCount: Int { rows.map(\.cells.count).max() ?? 0 }

    /// Lays out at most `limit` columns; `dependencies[r]` are the rows, all above `r`, that row `r` depends on.
    init(_ dependencies: [[Int]], limit: Int) {
        let ends = Self.ends(dependencies, limit: max(2, limit))
        var columns: [Int?] = []
        // A node right below one whose rail ended would look as if it came from there.
        var closed: Int?
        for (row, needed) in dependencies.enumerated() {
            let joined = columns.indices.filter { column in columns[column].map(needed.contains) ?? false }
            let ending = joined.filter { columns[$0].map { ends[$0] == row } ?? false }
            let place = ending.first ?? Self.freePlace(columns, but: closed, near: joined)
            while place >= columns.count { columns.append(nil) }
            rows.append(Self.row(columns, place, joined, ending, needed.filter { ends[$0] == nil }))
            for column in ending { columns[column] = nil }
            columns[place] = ends[row].map { _ in row }
            closed = ends[row] == nil ? place : nil
            while columns.last == .some(nil) { columns.removeLast() }
        }
    }

    /// The row at which the rail of each row's node ends; nil for one that has none.
    ///
    /// Where too many are open at once, the one that would stay open longest is given up.
    private static func ends(_ dependencies: [[Int]], limit: Int) -> [Int?] {
        var ends = [Int?](repeating: nil, count: dependencies.count)
        for (row, needed) in dependencies.enumerated() { for one in needed { ends[one] = row } }
        var open: [Int] = []
        for row in dependencies.indices {
            open.removeAll { ends[$0] == row }
            guard ends[row] != nil else { continue }
            open.append(row)
            // A column is kept for nodes whose own rail is not drawn.
            guard open.count >= limit else { continue }
            let longest = open.indices.max { (ends[open[$0]] ?? 0) < (ends[open[$1]] ?? 0) } ?? 0
            ends[open.remove(at: longest)] = nil
        }
        return ends
    }

    private static func freePlace(_ columns: [Int?], but closed: Int?, near joined: [Int]) -> Int {
        let free = (0...columns.count + 1).filter { place in
            place != closed && (place >= columns.count || columns[place] == nil)
        }
        guard let first = joined.first, let last = joined.last else { return free[0] }
        return free.min { distance($0, first...last) < distance($1, first...last) } ?? free[0]
    }

    private static func distance(_ column: Int, _ range: ClosedRange<Int>) -> Int {
        max(range.lowerBound - column, column - range.upperBound, 0)
    }

    private static func row(
        _ columns: [Int?],
        _ place: Int,
        _ joined: [Int],
        _ ending: [Int],
        _ distant: [Int]
    ) -> Row {
        let branch = min(joined.first ?? place, place)...max(joined.last ?? place, place)
        let cells = columns.indices.map { column -> Cell in
            if column == place { return .node }
            if joined.contains(column) {
                return .joint(
                    left: column > branch.lowerBound,
                    right: column < branch.upperBound,
                    leadsOn: !ending.contains(column)
                )
            }
            if columns[column] != nil { return .rail }
            return branch.contains(column) ? .branch : .empty
        }
        return Row(cells: cells, branch: branch, distant: distant)
    }
}
