import TauroBasics
import TauroModel

/// The directory in a Delta table in which files lie until they are named in its log.
///
/// It is locked while its run lives, so that others know it from one whose run died. Belongs to one thread. Its name begins with
/// a dot, which readers and cleaners of Delta tables leave alone.
final class DeltaStaging {
    /// What a run is going to move out of its directory, told before it does: whoever finds it dead clears up after it.
    private struct Plan {
        static let name = "files.json"

        /// The newest version before: the run's own commit is a later one.
        let base: Int64
        /// Relative to the table.
        let files: [String]

        init(base: Int64, files: [String]) {
            self.base = base
            self.files = files
        }

        init?(in directory: String) {
            guard let text = try? FileSystem.readText(FilePath.join(directory, Plan.name)),
                let json = try? JSONValue(parsing: text), let base = json["base"]?.number,
                let files = json["files"]?.texts
            else { return nil }
            self.init(base: base, files: files)
        }

        func write(to directory: String) throws {
            let json: JSONValue = ["base": .integer(base), "files": .array(files.map { .string($0) })]
            try FileSystem.writeAtomically(json.text(), to: FilePath.join(directory, Plan.name))
        }
    }

    static let prefix = ".tauro-staging-"

    private let table: String
    let path: String
    private let lock: DirectoryLock
    private var placed: [String] = []
    private var plan: Plan?

    private static let attempts = 100

    /// Makes the empty directory, and that of the table where there is none.
    init(in table: String, runID: String) throws {
        for _ in 0..<DeltaStaging.attempts {
            try FileSystem.makeDirectories(table)
            let path = FilePath.join(table, "\(DeltaStaging.prefix)\(runID)-\(DeltaStaging.word())")
            guard let lock = try DirectoryLock(making: path) else { continue }
            self.table = table
            self.path = path
            self.lock = lock
            return
        }
        throw DatasetError(.unwritable, "no directory can be made in \(table)")
    }

    /// Sixteen digits that nobody else has.
    static func word() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// Moves files to where the table has them: from `path` to `target`, which is relative to the table.
    ///
    /// `base` is the table's newest version.
    func place(_ files: [(path: String, target: String)], base: Int64) throws {
        let plan = Plan(base: base, files: files.map(\.target))
        try plan.write(to: path)
        self.plan = plan
        for file in files {
            try DeltaStaging.move(file.path, to: FilePath.join(table, file.target))
            placed.append(file.target)
        }
    }

    /// Gives a file another name that nobody has, in a directory that is made where it is missing.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` where somebody has the name.
    static func move(_ file: String, to target: String) throws(SystemError) {
        for attempt in 1...attempts {
            try FileSystem.makeDirectories(FilePath.parent(target))
            do {
                return try FileSystem.renameWithoutReplacing(file, to: target)
            } catch {
                // Others remove directories that are empty.
                if !error.isMissingPath || attempt == attempts { throw error }
            }
        }
    }

    /// Removes the directory, once its files are in the log.
    ///
    /// What can not be removed now is swept by a later run.
    func finish() { try? FileSystem.removeTree(path) }

    /// Removes all that was written and is not in the log.
    ///
    /// A file system across a network may have put a commit into place and answer that it could not, so what the log says
    /// counts; files stay where that is not certain.
    func discard() {
        if let plan, DeltaStaging.isUncommitted(plan, table) { DeltaStaging.remove(placed, from: table) }
        finish()
        try? FileSystem.removeEmptyDirectory(FilePath.join(table, DeltaLog.directoryName))
        try? FileSystem.removeEmptyDirectory(table)
    }

    /// Removes what runs that died left in a table and never committed.
    ///
    /// What can not be removed stays: it is only litter.
    ///
    /// - Returns: the paths of the directories that were removed.
    @discardableResult
    static func sweep(_ table: String) -> [String] {
        let names = ((try? FileSystem.list(table)) ?? []).filter { $0.hasPrefix(prefix) }
        return names.map { FilePath.join(table, $0) }.filter { path in
            guard let lock = try? DirectoryLock(path) else { return false }
            return withExtendedLifetime(lock) {
                if let plan = Plan(in: path), isUncommitted(plan, table) { remove(plan.files, from: table) }
                return (try? FileSystem.removeTree(path)) != nil
            }
        }
    }

    /// Whether it is certain that no version has had any of a run's files.
    private static func isUncommitted(_ plan: Plan, _ table: String) -> Bool {
        guard FileSystem.exists(FilePath.join(table, DeltaLog.directoryName)) else { return plan.base < 0 }
        guard let log = try? DeltaLog(of: table), let later = try? log.actions(after: plan.base) else { return false }
        let files = Set(plan.files.map(DeltaFile.encoded))
        return !later.contains { commit in
            commit.actions.contains { if case .add(let file) = $0 { files.contains(file.path) } else { false } }
        }
    }

    /// Whether a relative path stays in its directory.
    private static func isBelow(_ path: String) -> Bool {
        !FilePath.isAbsolute(path) && !path.split(separator: "/").contains("..")
    }

    private static func remove(_ files: [String], from table: String) {
        for file in files where DeltaDataFiles.isOurs(FilePath.name(file)) && isBelow(file) {
            try? FileSystem.removeFile(FilePath.join(table, file))
            var directory = FilePath.parent(file)
            while HiveDirectory.isOne(FilePath.name(directory)) {
                try? FileSystem.removeEmptyDirectory(FilePath.join(table, directory))
                directory = FilePath.parent(directory)
            }
        }
    }
}
