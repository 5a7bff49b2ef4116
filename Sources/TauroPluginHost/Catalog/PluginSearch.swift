import TauroBasics
import TauroModel

/// A walk over plugin directories: reads what is there, loads nothing.
struct PluginSearch {
    /// A directory, and the files in it that look like plugins.
    struct SearchedDirectory {
        let directory: PluginDirectory
        var state = PluginSurvey.State.searched
        var files: [(path: String, finding: Finding)] = []
    }

    /// What a file is.
    enum Finding {
        /// A plugin; its place in `plugins`.
        case plugin(Int)
        case refused(PluginRefusal)
        /// It was found before, under this path.
        case repeated(String)
    }

    private(set) var directories: [SearchedDirectory] = []
    /// The plugins that are trusted, in the order they were found.
    private(set) var plugins: [PluginFile] = []
    private let lock: ProjectLock?
    private var trust: TrustSurvey
    private var seen: [PlainFile.Identity: String] = [:]
    private var seenPaths: Set<String> = []

    init(lock: ProjectLock?, trust: TrustSurvey = TrustSurvey()) {
        self.lock = lock
        self.trust = trust
    }

    /// Looks at each `*.so` in a directory, sorted by name, not below it.
    mutating func read(_ directory: PluginDirectory) {
        var searched = SearchedDirectory(directory: directory)
        if let reason = directory.ignored {
            searched.state = .ignored(reason)
        } else {
            do throws(SystemError) {
                let real = try FileSystem.realPath(directory.path)
                let names = try FileSystem.list(real).filter { $0.hasSuffix(".so") }
                let paths = names.map { FilePath.join(directory.path, $0) }
                PlainFile.announce(paths, head: ElfFile.headSize)
                let problems = trust.problems(ofDirectory: real)
                for path in paths { searched.files.append((path, examine(path, in: real, problems))) }
            } catch {
                searched.state = error.isMissingPath ? .missing : .unreadable(error.description)
            }
        }
        directories.append(searched)
    }

    /// Examines the file at `path`, whose directory is `directory` once links are followed and breaks these rules.
    private mutating func examine(
        _ path: String,
        in directory: String,
        _ problemsOfDirectory: [TrustProblem]
    ) -> Finding {
        do throws(PluginFormatError) {
            let real = try PluginSearch.resolved(path, in: directory)
            if seenPaths.contains(real) { return .repeated(real) }
            let file = try PluginFile(path: real, lockedDigest: lock?.digest(of: real))
            let stamp = file.status.stamp
            let identity = PlainFile.Identity(device: stamp.device, inode: stamp.inode)
            if let other = seen[identity] { return .repeated(other) }
            let problems = trust.problems(ofFile: real, file.status)
            let all = problems + problemsOfDirectory.filter { !problems.contains($0) }
            // A file that is not trusted here may be so where it is found next.
            if !all.isEmpty { return refused(path, file, all.reason, all.cure) }
            let asked = file.requests.findings { trust.distrust(ofDirectory: $0) }
            if let first = asked.first {
                let reason = "is not trusted: " + asked.map(\.message).joined(separator: "; ")
                return refused(path, file, reason, first.cure ?? "")
            }
            seen[identity] = real
            seenPaths.insert(real)
            plugins.append(file)
            return .plugin(plugins.count - 1)
        } catch {
            return .refused(PluginRefusal(path: path, reason: error.reason, cure: error.cure))
        }
    }

    private func refused(_ path: String, _ file: PluginFile, _ reason: String, _ cure: String) -> Finding {
        .refused(PluginRefusal(path: path, reason: reason, cure: cure, untrusted: file.signatures.map(\.name)))
    }

    private static func resolved(_ path: String, in directory: String) throws(PluginFormatError) -> String {
        do throws(SystemError) {
            // Of a file that is no link, the directory alone has to be followed, and that is done.
            if try FileSystem.kindWithoutFollowing(path) == .file {
                return FilePath.join(directory, FilePath.name(path))
            }
            return try FileSystem.realPath(path)
        } catch {
            throw PluginFormatError(ElfError.file(.unreadable(error.code)))
        }
    }
}
