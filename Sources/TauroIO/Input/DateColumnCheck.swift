import TauroBasics
import TauroEngine
import TauroModel

/// Checks that the column which a csv file is filtered by is one of its columns.
enum DateColumnCheck {
    /// How much of a file is looked at; a longer header is not judged.
    private static let looksAt = 64 << 10

    /// What is wrong; nothing where the first line does not say which columns there are.
    ///
    /// How the line is divided the engine finds out, so a column counts as there if its name stands anywhere in it.
    static func finding(_ dataset: DatasetDefinition, _ format: TableFormat, files: [String]) -> Diagnostic? {
        guard let column = dataset.dateColumn, format.bulkFormat == .csv, let file = files.first else { return nil }
        // Without a header, or with lines left out or other letters, the first line tells nothing.
        let options = OptionValues.valuesForReading(dataset, format)
        if options["header"] == .bool(false) || options["skip"] != nil || options["encoding"] != nil { return nil }
        guard let bytes = try? FileSystem.readBeginning(of: file, atMost: looksAt),
            let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let line = String(validating: bytes[..<end], as: UTF8.self), !line.utf8.contains(0),
            !line.lowercased().contains(column.lowercased())
        else { return nil }
        return Diagnostic(
            .error,
            .configuration,
            "Dataset '\(dataset.id)': 'date_column' is '\(column)', which is not a column of \(file)",
            at: dataset.location,
            notes: ["the file begins with: \(line.prefix(120).filter { $0 != "\r" })"]
        )
    }
}
