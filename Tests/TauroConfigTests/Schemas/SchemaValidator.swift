import Foundation
import TauroBasics

@testable import TauroConfig

/// A JSON Schema validator that is not ours, run on our schemas.
struct SchemaValidator {
    private let schemas: TemporaryProject

    /// Writes the schemas of all kinds for it.
    init() throws {
        let files = SchemaKind.allCases.map { kind in
            ("\(kind.name).schema.json", JSONSchema(kind).document.text())
        }
        schemas = try TemporaryProject(Dictionary(uniqueKeysWithValues: files))
    }

    /// For each document the reason it is refused, or nil.
    ///
    /// - Throws: what the validator says of schemas that are none.
    func problems(_ documents: [(kind: SchemaKind, document: JSONValue)]) throws -> [String?] {
        let cases = JSONValue.array(documents.map { ["kind": .string($0.kind.name), "document": $0.document] })
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let input = "\(schemas.directory)/cases"
        try FileSystem.writeAtomically(cases.text(), to: input)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(root)/scripts/python")
        process.arguments = ["\(root)/scripts/schema.d/validate.py", schemas.directory]
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard case .array(let verdicts) = try JSONValue(parsing: Array(answer)), verdicts.count == documents.count
        else {
            throw NoVerdict(status: process.terminationStatus)
        }
        return verdicts.map { if case .string(let problem) = $0 { problem } else { nil } }
    }

    struct NoVerdict: Error {
        let status: Int32
    }
}
