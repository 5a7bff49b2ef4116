import Foundation
import Testing

/// Compares what a person sees with what they saw before; `TAURO_RECORD_SNAPSHOTS=1` records anew.
enum Snapshot {
    static func check(
        _ name: String,
        _ result: HostProcess.Result,
        replacing replacements: [String: String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var text = "exit \(result.status)\n--- stdout\n\(result.output)--- stderr\n\(result.errors)"
        text.replace(/\d{8}T\d{9}Z-[0-9a-f]{6}/, with: "<run>")
        text.replace(/[ ]*\d+(\.\d+)? (us|ms|s)\b/, with: " <time>")
        for (found, shown) in replacements.sorted(by: { $0.key.count > $1.key.count }) {
            text = text.replacingOccurrences(of: found, with: shown)
        }
        let path = "\(Checkout.root)/Tests/TauroHostTests/Snapshots/\(name).txt"
        if ProcessInfo.processInfo.environment["TAURO_RECORD_SNAPSHOTS"] == "1" {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let expected = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text == expected,
            "snapshot \(name); to accept it run with TAURO_RECORD_SNAPSHOTS=1",
            sourceLocation: sourceLocation
        )
    }
}
