import Foundation

/// The files and directories of a project, so that two projects can be compared.
enum ProjectFiles {
    /// What lies in the project, sorted, each run's id and each name drawn by chance replaced.
    ///
    /// The copies of results that a run keeps are left out: one that died may have kept one more than another.
    static func names(_ project: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: project)?.compactMap { $0 as? String } ?? []
        return all.filter { !$0.contains("/results/") || $0.contains("/.") }
            .map { name in
                name.replacing(/\d{8}T\d{9}Z-[0-9a-f]{6}/, with: "<run>").replacing(/-[0-9a-f]{16}/, with: "-<chance>")
            }
            .sorted()
    }
}
