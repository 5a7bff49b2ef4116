import TauroBasics
package import TauroModel

/// The runs that a project remembers.
///
/// Safe from any thread, and beside hosts that run: nothing is kept in memory.
package struct RunRegistry: Sendable {
    /// What a run's directory is called while it is removed, before its id.
    static let removedPrefix = ".removed-"

    private let project: String
    let root: String

    /// The runs of the project in a directory, an absolute path.
    package init(project: String) {
        self.project = project
        root = RunDirectory.root(of: project)
    }

    /// Where the files of a run are, whether there is one or not.
    package func directory(of run: String) -> RunDirectory { RunDirectory(project: project, run: run) }

    /// Whether there is a directory of a run of that id, whatever is in it.
    package func contains(_ run: String) -> Bool {
        RunDirectory.isName(run) && FileSystem.isDirectory(directory(of: run).path)
    }

    /// All runs, the newest first, and after them what can not be understood.
    ///
    /// Reads a bounded part of each. Damage in the middle of a journal is seen only by who reads the run's history.
    ///
    /// - Throws: `ResourceError` where the directory of the runs can not be read; that there is none is no error.
    package func runs() throws(ResourceError) -> [ListedRun] {
        var runs: [RunOverview] = []
        var unreadable: [ListedRun] = []
        for name in try directories() where RunDirectory.isName(name) {
            do throws(UnreadableRun) {
                runs.append(try directory(of: name).overview())
            } catch {
                // One that was removed meanwhile is none.
                if !FileSystem.exists(directory(of: name).path) { continue }
                unreadable.append(.unreadable(id: name, reason: error.reason))
            }
        }
        return runs.sorted(by: RunOverview.isNewer).map(ListedRun.run) + unreadable
    }

    /// The newest run, of one pipeline if it is named; nil where there is none that can be understood.
    package func last(of pipeline: String? = nil) throws(ResourceError) -> RunOverview? {
        try runs().lazy.compactMap(\.overview).first { pipeline == nil || $0.pipeline == pipeline }
    }

    /// Removes a run with all its files.
    ///
    /// - Throws: `ResourceError` where there is no such run, a host that lives has it, or it can not be removed.
    package func remove(_ run: String) throws(ResourceError) {
        let directory = directory(of: run)
        let operation = "remove run '\(run)'"
        try directory.checkExists(operation)
        do {
            let claim = try directory.claim()
            defer { withExtendedLifetime(claim) {} }
            try removeTree(run)
        } catch let error as ResourceError {
            throw error
        } catch {
            throw ResourceError(
                operation: operation,
                message: "\(error); see that \(directory.path) is a directory that you may write, then remove it again"
            )
        }
    }

    /// Removes what no run owns: directories of runs that were half made, or half removed, when a host died.
    ///
    /// Files of the project's people stay, and so do the records of calls of runs that died.
    ///
    /// - Returns: the paths that were removed.
    /// - Throws: `ResourceError` where the directory of the runs can not be read.
    package func removeStrays() throws(ResourceError) -> [String] {
        var removed: [String] = []
        for name in try directories() {
            let path = FilePath.join(root, name)
            // Whoever makes a run has a lock on its directory; without locks nobody can tell, and all stay.
            guard isStray(name), let lock = try? DirectoryLock(path), isStray(name) else { continue }
            if (try? FileSystem.removeTree(path)) != nil { removed.append(path) }
            withExtendedLifetime(lock) {}
        }
        return removed
    }

    /// The directory leaves the list in one step, before its files go.
    private func removeTree(_ run: String) throws(SystemError) {
        let removed = FilePath.join(root, RunRegistry.removedPrefix + run)
        try FileSystem.removeTree(removed)
        try FileSystem.rename(FilePath.join(root, run), to: removed)
        try FileSystem.removeTree(removed)
    }

    private func isStray(_ name: String) -> Bool {
        if name.hasPrefix(RunRegistry.removedPrefix) { return true }
        guard RunDirectory.isName(name), let files = try? FileSystem.list(FilePath.join(root, name)) else {
            return false
        }
        return files.allSatisfy { $0 == "journal.jsonl" || $0.hasPrefix(".plan.json.") }
    }

    /// The names of the directories among those of the runs, links to directories not counted.
    private func directories() throws(ResourceError) -> [String] {
        let names: [String]
        do {
            names = try FileSystem.list(root)
        } catch {
            if error.isMissingPath { return [] }
            throw ResourceError(
                operation: "list the runs of \(project)",
                message: "\(error); see that it is a directory that you may read"
            )
        }
        return names.filter { (try? FileSystem.kindWithoutFollowing(FilePath.join(root, $0))) == .directory }
    }
}
