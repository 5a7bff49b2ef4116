import Glibc
import TauroBasics

/// Looks at directories with the rules of trust, each once.
///
/// Paths are absolute and without links.
package struct TrustSurvey {
    private let rules: TrustRules
    private var directories: [String: [TrustProblem]] = [:]

    /// Judges for the user who runs this process.
    init() { self.init(rules: TrustRules(user: geteuid())) }

    init(rules: TrustRules) { self.rules = rules }

    /// The rules that an open file breaks, or a directory above it.
    mutating func problems(ofFile path: String, _ status: FileStatus) -> [TrustProblem] {
        rules.problems(path, status, as: .plugin) + problems(ofDirectory: FilePath.parent(path))
    }

    /// The rules that a directory with plugins breaks, or one above it.
    mutating func problems(ofDirectory path: String) -> [TrustProblem] {
        if let known = directories[path] { return known }
        var problems = problems(path, as: .pluginDirectory)
        var directory = path
        while directory != "/" {
            directory = FilePath.parent(directory)
            problems += self.problems(directory, as: .ancestor)
        }
        directories[path] = problems
        return problems
    }

    /// Why the file at an absolute path without links must not be loaded, and the cure; nil if it may.
    package static func distrust(ofFile path: String) -> String? {
        var survey = TrustSurvey()
        let problems = survey.problems(path, as: .plugin) + survey.problems(ofDirectory: FilePath.parent(path))
        return problems.isEmpty ? nil : "\(problems.reason); \(problems.cure)"
    }

    /// Why nothing may be loaded from the directory at an absolute path, as a clause; nil if it may.
    ///
    /// Of a directory that does not exist, the nearest one above that does is judged: who can write there can make it.
    mutating func distrust(ofDirectory path: String) -> String? {
        var directory = FilePath.normalized(path)
        while directory != "/", !FileSystem.exists(directory) { directory = FilePath.parent(directory) }
        guard let real = try? FileSystem.realPath(directory) else { return nil }
        let problems = problems(ofDirectory: real)
        return problems.isEmpty ? nil : problems.map(\.rule).joined(separator: "; ")
    }

    private func problems(_ path: String, as role: TrustRules.Role) -> [TrustProblem] {
        do throws(SystemError) {
            return rules.problems(path, try FileSystem.fileStatus(of: path), as: role)
        } catch {
            return [.unknown(path: path, reason: error.text)]
        }
    }
}
