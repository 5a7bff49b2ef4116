import TauroEngine
import TauroModel

/// A dataset's options as the engine takes them: checked, under their own names.
enum OptionValues {
    static func values(
        of dataset: DatasetDefinition,
        _ format: TableFormat,
        for use: FormatOption.Use
    ) -> [String: BulkOption] {
        var values: [String: BulkOption] = [:]
        for (name, value) in dataset.options {
            guard let option = format.option(name), option.use == .both || option.use == use,
                let converted = convert(value, to: option.kind)
            else { continue }
            values[option.engineName] = converted
        }
        return values
    }

    /// The options for reading; what an output says only about writing holds for reading it back.
    static func valuesForReading(_ dataset: DatasetDefinition, _ format: TableFormat) -> [String: BulkOption] {
        values(of: dataset, format, for: .writing)
            .filter { name, _ in format.options.contains { $0.engineName == name && $0.use != .writing } }
            .merging(values(of: dataset, format, for: .reading)) { $1 }
    }

    private static func convert(_ value: ConfigValue, to kind: FormatOption.Kind) -> BulkOption? {
        switch (kind, value.content) {
        case (.bool, .bool(let flag)): .bool(flag)
        case (.bool, .string(let text)): .bool(text == "true")
        case (.integer, .integer(let number)), (.count, .integer(let number)): .integer(number)
        case (.texts, .string(let text)): .strings([text])
        case (.texts, .list(let elements)):
            .strings(
                elements.compactMap { element in
                    if case .string(let text) = element.content { text } else { nil }
                }
            )
        case (.text, .string(let text)), (.moment, .string(let text)): .string(text)
        case (.word(let words), .string(let text)): words.first { $0.name == text }.map { .string($0.engineName) }
        default: nil
        }
    }
}
