import Glibc
import TauroBasics
import TauroModel

/// Copies of plugins by the digest of their content, in a directory of the user's own.
///
/// A path that no other content ever has lets a new version be loaded beside the old one, and lets nobody else change
/// what was hashed before it is loaded. The directory of a digest says by its time when it was used last.
struct PluginCopies {
    /// How long a copy is kept that nobody uses, in nanoseconds: 90 days.
    private static let longestUnused: Int64 = 90 * 86_400 * 1_000_000_000

    /// Absolute path; made when it is needed, for its owner alone.
    let directory: String

    /// The copy of an open file, which is at `path` and must have a digest.
    ///
    /// An earlier copy is used if it still has that digest and nobody else can write it. When a new one is made, those go
    /// that were not used for long.
    ///
    /// - Throws: `PluginError`.
    func copy(of file: PlainFile, _ path: String, digest: String) throws(PluginError) -> VerifiedPluginFile {
        do {
            let place = try prepare(digest, for: path)
            try FileSystem.touch(place)
            let target = FilePath.join(place, FilePath.name(path))
            if let earlier = try sound(target, digest) { return VerifiedPluginFile(path: target, file: earlier) }
            let found = try write(file, to: target, expecting: digest)
            guard found == digest else { throw PluginFileLoader.mismatch(path, digest, found) }
            PluginCopies.removeUnused(in: FilePath.parent(place))
            // Another process may have put its own in place: it is looked at as an earlier one is.
            if let copy = try sound(target, digest) { return VerifiedPluginFile(path: target, file: copy) }
            throw PluginError(path: path, message: "the copy \(target) of the plugin \(path) does not keep its content")
        } catch let error as PluginError {
            throw error
        } catch let error as SystemError {
            throw PluginError(path: path, message: "the plugin \(path) can not be copied for loading: \(error)")
        } catch {
            throw VerifiedPluginFile.unreadable(path, error)
        }
    }

    /// The directory of the copies with a digest, which nobody else can write; without links.
    private func prepare(_ digest: String, for path: String) throws -> String {
        let place = FilePath.join(directory, digest)
        try FileSystem.makeDirectories(place, permissions: 0o700)
        let real = try FileSystem.realPath(place)
        var trust = TrustSurvey()
        let problems = trust.problems(ofDirectory: real)
        if problems.isEmpty { return real }
        throw PluginError(
            path: path,
            message: "the plugin \(path) can not be copied for loading: the directory \(real) \(problems.reason); "
                + "\(problems.cure), or set XDG_CACHE_HOME to another directory"
        )
    }

    /// Removes what was not used for long of a directory of copies, as far as it can be.
    private static func removeUnused(in directory: String) {
        let now = SystemWallClock().wallTime().millisecondsSinceEpoch * 1_000_000
        for name in (try? FileSystem.list(directory)) ?? [] where isDigest(name) {
            let place = FilePath.join(directory, name)
            guard let status = try? FileSystem.fileStatus(of: place), now - status.stamp.modified > longestUnused
            else { continue }
            // What is left is tried again the next time.
            try? FileSystem.removeTree(place)
        }
    }

    private static func isDigest(_ name: String) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy(CLiteral.isHexDigit)
    }

    /// The copy at `target` if it has the digest and is what this user made.
    private func sound(_ target: String, _ digest: String) throws -> PlainFile? {
        guard try FileSystem.kindWithoutFollowing(target) == .file else { return nil }
        let file = try PlainFile(path: target)
        let rules = TrustRules(user: geteuid())
        guard rules.problems(target, file.status, as: .plugin).isEmpty, try file.sha256() == digest else { return nil }
        return file
    }

    /// Copies an open file and hashes what it copies; puts the copy in place in one step if it has the digest.
    ///
    /// - Returns: the digest of what was copied.
    private func write(_ file: PlainFile, to target: String, expecting digest: String) throws -> String {
        let copy = try NewFile(beside: target, permissions: 0o500)
        var hash = SHA256()
        try file.forEachPiece { piece in
            hash.update(piece)
            try copy.append(piece)
        }
        let found = hash.finish()
        if found == digest { try copy.place(at: target) }
        return found
    }
}
