import TauroBasics

/// Where a run's files are: below `.tauro/runs/<run id>` of its project.
package struct RunDirectory: Sendable, Hashable {
    /// The directory's absolute path.
    package let path: String

    /// The directory of a run of a project; nothing is made.
    package init(project: String, run: String) {
        path = FilePath.join(FilePath.join(project, ".tauro/runs"), run)
    }
}
