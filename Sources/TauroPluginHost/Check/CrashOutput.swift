import Synchronization

/// What a plugin printed before its end, and where in its file that was, as far as the worker said so.
struct CrashOutput {
    /// Lines that are told at most.
    private static let most = 3

    /// What lines of Swift's runtime about a crash begin with.
    private static let reports = ["*** ", "\u{1F4A3} ", "swift-runtime: "]

    private let lines: [String]
    private let place: String?

    /// Reads the lines `stdout: …` and `stderr: …` of a worker that had loaded the file called `plugin`.
    init(_ output: [String], plugin: String) {
        let texts = output.map { $0.split(separator: ": ", maxSplits: 1).dropFirst().joined() }
        // From here on Swift's runtime tells of the crash, in many lines.
        let end = texts.firstIndex { text in Self.reports.contains { text.hasPrefix($0) } } ?? texts.count
        lines = texts[..<end].filter { !$0.isEmpty }.suffix(Self.most).map { $0 }
        let frames = texts[end...].compactMap { CrashOutput.frame($0) }
        place = frames.first { $0.split(separator: " ").contains(Substring(plugin)) }
    }

    /// What a line of a backtrace says of one frame; nil for another line.
    ///
    /// `  0      0x00007f258fd3f105 clean + 12 in shop.so at /shop/clean.c:3:33`, with `[ra]` after the number of a caller.
    private static func frame(_ line: String) -> String? {
        let words = line.split(separator: " ")
        guard words.first.flatMap({ Int($0) }) != nil,
            let address = words.prefix(3).firstIndex(where: { $0.hasPrefix("0x") }), address + 1 < words.count
        else { return nil }
        let named = words[(address + 1)...]
        return named.drop { $0 == "<unknown>" || $0 == "in" }.joined(separator: " ")
    }

    /// The end of a message; empty where nothing is known.
    var sentence: String {
        var sentence = place.map { ", in \($0)" } ?? ""
        if !lines.isEmpty { sentence += "; the last it printed: " + lines.joined(separator: " / ") }
        return sentence
    }
}

/// Collects what a plugin prints; safe from any thread.
final class PrintedLines: Sendable {
    /// Lines that are kept at most.
    private static let most = 1000

    private let all = Mutex<[String]>([])

    var lines: [String] { all.withLock { $0 } }

    func add(_ text: String) {
        guard text.hasPrefix("stdout: ") || text.hasPrefix("stderr: ") else { return }
        all.withLock { if $0.count < Self.most { $0.append(text) } }
    }
}
