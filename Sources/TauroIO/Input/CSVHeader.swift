import TauroBasics
import TauroEngine
import TauroModel

/// The first line of a csv file, where it says which columns there are.
struct CSVHeader {
    /// How much of a file is looked at; a longer header is not judged.
    private static let looksAt = 64 << 10

    /// The line.
    let line: String
    private let delimiter: Character?
    private let quote: Character

    /// Reads the first file's line; nil where it does not say the columns, or is not to be read at a glance.
    init?(_ dataset: DatasetDefinition, _ format: TableFormat, files: [String]) {
        guard format.bulkFormat == .csv, let file = files.first else { return nil }
        // Without a header, or with lines left out or other letters, the first line tells nothing.
        let options = OptionValues.valuesForReading(dataset, format)
        if options["header"] == .bool(false) || options["skip"] != nil || options["encoding"] != nil { return nil }
        // Nor does a compressed one at a glance, or one that begins with remarks.
        if options["compression"] != nil || options["comment"] != nil
            || DatasetFiles.withoutCompression(file) != file
        {
            return nil
        }
        guard let bytes = try? FileSystem.readBeginning(of: file, atMost: Self.looksAt),
            let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let line = String(validating: bytes[..<end], as: UTF8.self), !line.utf8.contains(0)
        else { return nil }
        self.line = String(line.filter { $0 != "\r" && $0 != "\u{FEFF}" })
        delimiter = Self.character(options["delimiter"])
        quote = Self.character(options["quote"]) ?? "\""
    }

    /// The names of the columns; nil where how the line is divided is not plain to see.
    var names: [String]? {
        let signs = delimiter.map { [$0] } ?? [",", ";", "\t", "|"].filter { line.contains($0) }
        if signs.count > 1 || line.contains(quote) { return nil }
        guard let sign = signs.first else { return [Self.trimmed(line)] }
        return line.split(separator: sign, omittingEmptySubsequences: false).map { Self.trimmed(String($0)) }
    }

    private static func trimmed(_ name: String) -> String {
        var name = name[...]
        while name.first == " " { name.removeFirst() }
        while name.last == " " { name.removeLast() }
        return String(name)
    }

    private static func character(_ option: BulkOption?) -> Character? {
        if case .string(let text)? = option, text.count == 1 { text.first } else { nil }
    }
}
