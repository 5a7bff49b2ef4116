/// Where a project's configuration is.
public enum ProjectLocation: Sendable, Hashable {
    /// A project's directory, with `config/` or a project descriptor in it.
    case directory(String)
    /// One file with all sections, or with one pipeline and its nodes, or a project descriptor.
    ///
    /// The project is the file's directory, or the one above a directory `config`.
    case file(String)
}
