import Synchronization

/// What a plugin printed before its end, and where its code was, as far as the worker said so.
struct CrashOutput {
    /// Lines that are told at most.
    private static let most = 3

    private let lines: [String]
    private let place: String?

    /// Reads the lines `stdout: …` and `stderr: …` of a worker.
    init(_ output: [String]) {
        let texts = output.map { $0.split(separator: ": ", maxSplits: 1).dropFirst().joined() }
        // From here on Swift's runtime tells of the crash, in many lines.
        let end = texts.firstIndex { $0.hasPrefix("*** ") || $0.hasPrefix("\u{1F4A3} ") } ?? texts.count
        lines = texts[..<end].filter { !$0.isEmpty }.suffix(Self.most).map { $0 }
        // `  0      0x00007f258fd3f105 clean + 12 in shop.so at /shop/clean.c:3:33`
        let frames = texts[end...].lazy.map { $0.split(separator: " ") }
        let first = frames.first { $0.count > 2 && $0[0] == "0" && $0[1].hasPrefix("0x") }
        place = first?.dropFirst(2).joined(separator: " ")
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
