extension Sequence<Diagnostic> {
    /// The findings by file, line and column, each once; those without a place come last, equal places keep their order.
    ///
    /// One order for everything that is found about a project, whoever finds it.
    package func sortedByPlace() -> [Diagnostic] {
        var known: Set<Diagnostic> = []
        let unique = filter { known.insert($0).inserted }
        return unique.enumerated().sorted { left, right in
            switch (left.element.location, right.element.location) {
            case (let leftPlace?, let rightPlace?) where leftPlace != rightPlace: leftPlace < rightPlace
            case (_?, nil): true
            case (nil, _?): false
            default: left.offset < right.offset
            }
        }.map(\.element)
    }
}
