import TauroBasics
import TauroModel

/// A directory filled aside and then put in place in one step, so that no reader sees half a dataset.
///
/// It is locked while it lies aside, so that other runs know it from one whose run died. Belongs to one thread.
final class StagedDirectory {
    /// Where the files are written.
    let path: String
    private let target: String
    /// Nil once the directory has taken the target's place, where commits of others wait for it.
    private var lock: DirectoryLock?

    private static let attempts = 100

    /// Makes the empty directory beside its target, on the same file system.
    ///
    /// What dead runs left beside the target is removed.
    init(for target: String, runID: String) throws {
        let parent = FilePath.parent(target)
        try FileSystem.makeDirectories(parent)
        StagedDirectory.sweep(beside: target)
        for number in 0..<StagedDirectory.attempts {
            let path = FilePath.join(parent, "\(StagedDirectory.prefix(of: target))\(runID)-\(number)")
            guard let lock = try StagedDirectory.make(path) else { continue }
            self.path = path
            self.target = target
            self.lock = lock
            return
        }
        throw DatasetError(.unwritable, "\(parent) holds too many directories '\(StagedDirectory.prefix(of: target))…'")
    }

    /// Takes the target's place; what was there is removed.
    ///
    /// `check` says whether what is there may be replaced, anew for every attempt: other runs may store the same. While
    /// it runs and until this returns, no other commit changes the target. `exchanged` runs when the target's place is
    /// taken.
    ///
    /// - Throws: `SystemError` that is `isExistingPath` when the target exists and may not be replaced.
    func commit(replacing: Bool, check: () throws -> Void = {}, exchanged: () throws -> Void = {}) throws {
        var last: SystemError?
        for _ in 0..<10 {
            let targetLock = try DirectoryLock(waitingFor: target)
            defer { extendLifetime(targetLock) }
            let isThere = FileSystem.exists(target)
            try check()
            do {
                try takePlace(replacing: replacing && isThere)
            } catch {
                guard replacing, isThere ? error.isMissingPath : error.isExistingPath else { throw error }
                last = error
                continue
            }
            lock = nil
            try exchanged()
            if replacing && isThere { discard() }
            return
        }
        if let last { throw last }
    }

    private func takePlace(replacing: Bool) throws(SystemError) {
        if replacing {
            try FileSystem.exchange(path, with: target)
        } else {
            try FileSystem.renameWithoutReplacing(path, to: target)
        }
    }

    /// Throws away what is under the staging name: what was written, or after a commit what was there before.
    func discard() {
        // The directory is known by its name: what can not be removed now is swept by a later run.
        try? FileSystem.removeTree(path)
    }

    /// Removes what runs that died left beside a target.
    ///
    /// What can not be removed stays: it is only litter.
    ///
    /// - Returns: the paths that were removed.
    @discardableResult
    static func sweep(beside target: String) -> [String] {
        let prefix = prefix(of: target)
        return sweep(in: FilePath.parent(target)) { $0.hasPrefix(prefix) }
    }

    /// Removes what runs that died left beside anything in a directory.
    ///
    /// - Returns: the paths that were removed.
    static func sweep(besideAllIn directory: String) -> [String] { sweep(in: directory, isName) }

    private static func sweep(in parent: String, _ isMeant: (String) -> Bool) -> [String] {
        let paths = ((try? FileSystem.list(parent)) ?? []).filter(isMeant).map { FilePath.join(parent, $0) }
        return paths.filter { path in
            guard let lock = try? DirectoryLock(path) else { return false }
            return withExtendedLifetime(lock) { (try? FileSystem.removeTree(path)) != nil }
        }
    }

    /// Whether a name is one that a staged directory gets, whatever its target and its run.
    private static func isName(_ name: String) -> Bool { name.wholeMatch(of: /\..+\.staging-.+-[0-9]+/) != nil }

    private static func prefix(of target: String) -> String { ".\(FilePath.name(target)).staging-" }

    /// The lock on a new directory; nil where the name is taken.
    private static func make(_ path: String) throws -> DirectoryLock? {
        do {
            try FileSystem.makeNewDirectory(path)
        } catch  where error.isExistingPath {
            return nil
        }
        return try DirectoryLock(path)
    }
}
