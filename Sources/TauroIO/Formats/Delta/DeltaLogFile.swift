/// A file of a Delta table's log, as its name tells it.
struct DeltaLogFile {
    enum Kind: Equatable {
        case commit
        /// A checkpoint, or one part of it.
        case checkpoint(part: Int, of: Int)
    }

    let name: String
    let version: Int64
    let kind: Kind

    /// Reads a name; nil where it is neither a commit's nor a checkpoint's.
    init?(_ name: String) {
        let words = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2, let version = DeltaLogFile.number(words[0], digits: 20) else { return nil }
        self.name = name
        self.version = version
        switch (words.count, words[1], words.last) {
        case (2, "json", _): kind = .commit
        // The second form has a unique name between.
        case (3, "checkpoint", "parquet"), (4, "checkpoint", "parquet"), (4, "checkpoint", "json"):
            kind = .checkpoint(part: 1, of: 1)
        case (5, "checkpoint", "parquet"):
            guard let part = DeltaLogFile.number(words[2], digits: 10),
                let count = DeltaLogFile.number(words[3], digits: 10)
            else { return nil }
            kind = .checkpoint(part: Int(part), of: Int(count))
        default: return nil
        }
    }

    /// The name of a version's commit: `00000000000000000007.json`.
    static func commitName(_ version: Int64) -> String { digits(of: version) + ".json" }

    /// The name of a version's checkpoint in one file: `00000000000000000010.checkpoint.parquet`.
    static func checkpointName(_ version: Int64) -> String { digits(of: version) + ".checkpoint.parquet" }

    private static func digits(of version: Int64) -> String {
        let digits = String(version)
        return String(repeating: "0", count: max(0, 20 - digits.utf8.count)) + digits
    }

    /// The versions of which every part of a checkpoint is there.
    static func wholeCheckpoints(_ files: [DeltaLogFile]) -> Set<Int64> {
        var parts: [Int64: [Int: Set<Int>]] = [:]
        for file in files {
            if case .checkpoint(let part, let count) = file.kind {
                parts[file.version, default: [:]][count, default: []].insert(part)
            }
        }
        return Set(parts.filter { $0.value.contains { count, found in found.count == count } }.keys)
    }

    private static func number(_ text: String, digits: Int) -> Int64? {
        text.utf8.count == digits && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? Int64(text) : nil
    }
}
