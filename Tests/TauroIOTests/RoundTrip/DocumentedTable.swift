import TauroBasics
import Testing

/// A table of a documentation's page that is what a test finds: it follows a line that names the test, and ends at an empty line.
struct DocumentedTable {
    private static let pages = FilePath.absolute(
        "../../../../Sources/TauroRuntime/TauroRuntime.docc",
        from: #filePath
    )

    private let path: String
    private let beginning: String

    init(_ page: String, of test: String) {
        path = FilePath.join(DocumentedTable.pages, page + ".md")
        beginning = "<!-- The table is what the test \(test) finds. -->\n\n"
    }

    /// Compares the page with lines that were found, or records these where the environment asks for that.
    func check(_ found: [String]) throws {
        let text = try FileSystem.readText(path)
        let parts = text.split(separator: beginning, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "the page has the line that the table follows")
        let lines = parts[1].split(separator: "\n", omittingEmptySubsequences: false)
        let stated = lines.prefix { !$0.isEmpty }
        if ProcessEnvironment.variables()["TAURO_RECORD_SNAPSHOTS"] == "1" {
            let rest = lines.dropFirst(stated.count).joined(separator: "\n")
            let table = found.joined(separator: "\n") + "\n"
            try FileSystem.writeAtomically("\(parts[0])\(beginning)\(table)\(rest)", to: path)
            return
        }
        #expect(found.count == stated.count)
        for (found, stated) in zip(found, stated) { #expect(found == stated) }
    }
}
