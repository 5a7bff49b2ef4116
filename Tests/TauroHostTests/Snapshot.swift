import Foundation
import Testing

/// Compares what a person sees with what they saw before; `TAURO_RECORD_SNAPSHOTS=1` records anew.
enum Snapshot {
    /// Compares a result; `missing` are texts of the recorded snapshot that this run can not show.
    static func check(
        _ name: String,
        _ result: HostProcess.Result,
        errorsOnly: Bool = false,
        replacing replacements: [String: String],
        missing: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let output = errorsOnly ? "" : "--- stdout\n\(result.output)"
        var text = "exit \(result.status)\n\(output)--- stderr\n\(result.errors)"
        for (found, shown) in replacements.sorted(by: { $0.key.count > $1.key.count }) {
            text = text.replacingOccurrences(of: found, with: shown)
        }
        try check(name, text: text, missing: missing, sourceLocation: sourceLocation)
    }

    static func check(
        _ name: String,
        text: String,
        missing: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let path = "\(Checkout.root)/Tests/TauroHostTests/Snapshots/\(name).txt"
        if ProcessInfo.processInfo.environment["TAURO_RECORD_SNAPSHOTS"] == "1" {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        var expected = try? String(contentsOfFile: path, encoding: .utf8)
        for part in missing { expected = expected?.replacingOccurrences(of: part, with: "") }
        #expect(
            text == expected,
            "snapshot \(name); to accept it run with TAURO_RECORD_SNAPSHOTS=1",
            sourceLocation: sourceLocation
        )
    }
}
