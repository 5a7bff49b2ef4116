import Foundation
import TauroBasics

/// Programs in Python with other implementations of formats, through `scripts/python`.
enum ForeignPython {
    private static let script = FilePath.absolute("../../../scripts/python", from: #filePath)

    struct Failure: Error {
        let text: String
    }

    /// Runs a program; returns what it printed.
    @discardableResult
    static func run(_ program: String, _ arguments: String...) throws -> String { try run(program, arguments) }

    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = ["-c", program] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: String(decoding: complaints, as: UTF8.self)) }
        return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
