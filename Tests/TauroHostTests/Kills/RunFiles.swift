import Foundation

/// What the files of a project's runs say.
enum RunFiles {
    static func runs(of project: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: project + "/.tauro/runs")) ?? []).sorted()
    }

    static func journal(_ project: String, _ run: String) -> String { "\(project)/.tauro/runs/\(run)/journal.jsonl" }

    /// The lines of a file, without what stands behind the last line end; none where there is no file.
    static func lines(of path: String) -> [String] {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// The journal's entries.
    static func entries(_ project: String, _ run: String) -> [[String: Any]] {
        lines(of: journal(project, run)).compactMap {
            try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    static func hasBegun(_ project: String, _ run: String) -> Bool {
        !lines(of: journal(project, run)).isEmpty
            && FileManager.default.fileExists(
                atPath: "\(project)/.tauro/runs/\(run)/plan.json"
            )
    }

    /// The nodes whose completion the journal remembers.
    static func completed(_ project: String, _ run: String) -> Set<String> {
        let completed = entries(project, run).filter { $0["event"] as? String == "node_completed" }
        return Set(completed.compactMap { $0["node"] as? String })
    }
}
