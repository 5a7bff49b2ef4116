import Foundation
import TauroModel
import Testing

@testable import TauroPluginHost

/// Notes that mean, to every host of this major version, what stands beside them; and notes that none takes.
///
/// `scripts/check-abi` holds the macros to those in `macros/` and `serial/`, and NOTE-GRAMMAR.md to what was released.
struct GoldenNoteTests {
    private static let directory = Fixture.repository.appendingPathComponent(
        "Tests/TauroPluginHostTests/Fixtures/notes"
    )

    static let taken = ["macros", "serial", "by-hand"].flatMap { notes(in: $0) }
    static let refused = notes(in: "refused")

    private static func notes(in name: String) -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: directory.appendingPathComponent(name).path)
        return (files ?? []).filter { $0.hasSuffix(".note") }.sorted().map { "\(name)/\($0.dropLast(".note".count))" }
    }

    private func content(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: GoldenNoteTests.directory.appendingPathComponent(name)))
    }

    @Test(arguments: taken) func noteMeansWhatItAlwaysMeant(name: String) throws {
        let meaning = String(decoding: try content("\(name).meaning"), as: UTF8.self)
        #expect(try read(try content("\(name).note")) == meaning)
    }

    @Test(arguments: refused) func noteThatTheGrammarDoesNotKnowIsRefused(name: String) throws {
        let bytes = try content("\(name).note")
        #expect(throws: PluginFormatError.self) { try read(bytes) }
    }

    /// Every keyword of the document is in a note that is taken, so the parser knows them all.
    @Test func everyKeywordOfTheGrammarIsTaken() throws {
        let fields = try GoldenNoteTests.taken.reduce(into: Set<Substring>()) { fields, name in
            let note = String(decoding: try content("\(name).note"), as: UTF8.self)
            fields.formUnion(note.split(separator: "\n").flatMap { $0.split(separator: "\t") })
        }
        let keywords = try keywordsOfTheDocument()
        #expect(keywords.count >= 20, "\(keywords)")
        #expect(keywords.subtracting(fields.map(String.init)).isEmpty)
    }

    /// The words in quotes of the grammar in NOTE-GRAMMAR.md.
    private func keywordsOfTheDocument() throws -> Set<String> {
        let document = try String(
            contentsOf: Fixture.repository.appendingPathComponent("include/tauro/NOTE-GRAMMAR.md"),
            encoding: .utf8
        )
        let grammar = document.split(separator: "\n").filter { $0.hasPrefix("    ") }.joined(separator: "\n")
        return Set(grammar.matches(of: /"([A-Za-z][A-Za-z0-9_]+)"/).map { String($0.1) })
    }

    private func read(_ bytes: [UInt8]) throws -> String {
        let note = ElfNote(name: Array("TAURO\0".utf8), type: 1 << 16, content: bytes[...])
        let notes = PluginNotes([note], path: "/p/unnamed.so")
        if let problem = notes.problems.first { throw problem }
        if let signature = notes.signatures.first { return meaning(of: signature) }
        let plugin = try #require(notes.plugin)
        return "plugin \(plugin.name), version \(plugin.version)\(plugin.isSerial ? ", serial" : "")\n"
    }

    private func meaning(of signature: NodeSignature) -> String {
        var lines = [
            "node \(signature.name), symbol \(signature.symbol), returns \(signature.result)"
                + (signature.isRowwise ? ", rowwise" : "")
        ]
        lines += signature.documentation?.split(separator: "\n").map { "doc \($0)" } ?? []
        lines += signature.inputs.map { "\($0.kind) \($0.name)" }
        if signature.takesML { lines.append("ml") }
        lines += signature.parameters.map { parameter in
            "\(parameter.type.rawValue) \(parameter.name)"
                + (parameter.defaultValue.map { " = \(meaning(of: $0))" } ?? ", required")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func meaning(of value: ParameterValue) -> String {
        switch value {
        case .int64(let number): "\(number)"
        case .float64(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .string(let text): text.debugDescription
        }
    }
}
