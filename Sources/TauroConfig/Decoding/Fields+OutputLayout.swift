import TauroModel

extension Fields {
    /// What an entry of `output` says of how its rows lie in their directory.
    var outputLayout: OutputLayout {
        var layout = OutputLayout()
        layout.partition = texts("partition") ?? []
        layout.maxRowsPerFile = wholeNumber("max_rows_per_file").map {
            Located($0, at: self["max_rows_per_file"]?.location)
        }
        layout.mergesSchema = locatedFlag("merge_schema")
        layout.overwritesSchema = locatedFlag("overwrite_schema")
        layout.overwriteStrategy = locatedText("overwrite_strategy")
        layout.replacePredicate = locatedText("replace_predicate")
        return layout
    }

    private func locatedFlag(_ name: String) -> Located<Bool>? {
        guard let value = self[name], case .bool(let flag) = value.content else { return nil }
        return Located(flag, at: value.location)
    }
}
