/// What is wrong with one array of a table, and where.
///
/// Thrown where the array is at hand; the places above add their names on the way up, so that no path is put together
/// for sound arrays.
struct ArrayProblem: Error {
    /// The names from the column down to the array, innermost first.
    private var path: [String] = []
    private let code: ArrowError.Code
    private let type: ArrowType
    private let row: Int?
    private let reason: String

    init(_ type: ArrowType, row: Int? = nil, _ reason: String, code: ArrowError.Code = .malformed) {
        self.type = type
        self.row = row
        self.reason = reason
        self.code = code
    }

    /// The same problem, seen from the array's parent or from the table.
    func inside(_ name: String) -> ArrayProblem {
        var problem = self
        problem.path.append(name)
        return problem
    }

    /// The problem as a sentence; `batch` counts from 0.
    func error(batch: Int) -> ArrowError {
        let column = path.reversed().joined(separator: ".")
        let place = row.map { ", row \($0)" } ?? ""
        return ArrowError(
            code,
            "column '\(column.shortened)' (\("\(type)".shortened)), batch \(batch)\(place): \(reason)"
        )
    }
}

extension String {
    /// The text, cut where it is longer than a message has room for; who wrote an image chose its names.
    var shortened: String { unicodeScalars.count <= 300 ? self : String(unicodeScalars.prefix(300)) + "…" }
}
