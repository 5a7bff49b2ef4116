import TauroModel

/// Turns `schema` into declared columns; what of it does not fit was complained about before.
struct ColumnDecoder {
    let owner: Owner
    let findings: Findings

    /// The columns in the order of the file.
    func columns(_ schema: ConfigValue?) -> [DatasetDefinition.Column] {
        guard case .map(let entries)? = schema?.content else { return [] }
        var seen: Set<String> = []
        return entries.compactMap { entry in
            // Names that differ by case alone are one to SQL.
            if !seen.insert(entry.key.lowercased()).inserted {
                findings.error(
                    "`schema` of \(owner.description) has the column `\(entry.key)` twice, to SQL, "
                        + "which does not tell upper from lower case.",
                    at: entry.keyLocation
                )
            }
            return column(entry)
        }
    }

    private func column(_ entry: ConfigValue.Entry) -> DatasetDefinition.Column? {
        switch entry.value.content {
        case .string(let text):
            let (type, isNullable) = Self.declaration(text)
            return DatasetDefinition.Column(
                name: entry.key,
                type: type,
                isNullable: isNullable,
                location: entry.keyLocation
            )
        case .map: return column(entry.key, described: entry.value, at: entry.keyLocation)
        default: return nil
        }
    }

    private func column(
        _ name: String,
        described value: ConfigValue,
        at location: SourceLocation
    ) -> DatasetDefinition.Column {
        var type: String?
        if case .string(let text)? = value["type"]?.content { type = text }
        return DatasetDefinition.Column(
            name: name,
            type: type,
            isNullable: value["nullable"]?.content != .bool(false),
            location: value.entry("type")?.keyLocation ?? location
        )
    }

    /// A type, and whether `NOT NULL` stands after it as in SQL; nil for the type where nothing else is said.
    private static func declaration(_ text: String) -> (type: String?, isNullable: Bool) {
        let words = text.split(separator: " ")
        guard words.count >= 2, words.suffix(2).map({ $0.uppercased() }) == ["NOT", "NULL"] else { return (text, true) }
        return (words.count == 2 ? nil : words.dropLast(2).joined(separator: " "), false)
    }
}
