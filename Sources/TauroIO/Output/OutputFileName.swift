import TauroBasics
import TauroEngine

/// The names of the files in an output's directory, by which they are known again as the house's own.
enum OutputFileName {
    /// The name of one part of a frame: `part-00000-<run>.parquet`.
    ///
    /// Numbers are padded, so that the order of the names is the order of the parts.
    static func part(_ number: Int, runID: String, format: TableFormat) -> String {
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, digitCount - digits.count))
        return "\(partPrefix)\(padding)\(digits)-\(runID).\(format.ending)"
    }

    /// Whether a file of this name was written by a run.
    static func isOurs(_ name: String) -> Bool {
        ArtifactStore.fileNames.contains(name) || describes(name) || isPart(name)
    }

    /// Whether a file of this name describes the dataset and holds no row.
    static func describes(_ name: String) -> Bool {
        [StoredSchema.fileName, StoredSchema.earlierFileName, CommitManifest.fileName].contains(name)
    }

    /// The names of the formats that parts of these names have; `an artifact` is one of them.
    static func formats(of paths: [String]) -> Set<String> {
        Set(
            paths.compactMap { path in
                let name = FilePath.name(path)
                return ArtifactStore.fileNames.contains(name) ? "an artifact" : format(of: name)?.name
            }
        )
    }

    /// Whether a file of this name is a part that a run wrote.
    static func isPart(_ name: String, ofRun runID: String) -> Bool {
        isPart(name) && name.contains("-\(runID).")
    }

    private static let partPrefix = "part-"
    private static let digitCount = 5

    /// The format that a part of this name has.
    private static func format(of name: String) -> TableFormat? {
        TableFormat.all.first { format in
            format.isWritten && format.fileExtension.map { name.hasSuffix(".\($0)") } ?? false
        }
    }

    private static func isPart(_ name: String) -> Bool {
        guard name.hasPrefix(partPrefix),
            let ending = format(of: name)?.fileExtension
        else { return false }
        let rest = name.dropFirst(partPrefix.count).dropLast(ending.count + 1)
        let pieces = rest.split(separator: "-", omittingEmptySubsequences: false)
        return pieces.count == 3 && pieces[0].count >= digitCount && pieces[0].allSatisfy(isDigit)
            && isInstant(pieces[1]) && pieces[2].allSatisfy { $0.isHexDigit }
    }

    /// Whether a text is the first half of a run's id, for example `20260131T101112345Z`.
    ///
    /// Other systems name their files `part-00000-<something>` too; those are not ours.
    private static func isInstant(_ text: Substring) -> Bool {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        return halves.count == 2 && halves[0].count == 8 && halves[0].allSatisfy(isDigit)
            && halves[1].last == "Z" && halves[1].count > 1 && halves[1].dropLast().allSatisfy(isDigit)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
