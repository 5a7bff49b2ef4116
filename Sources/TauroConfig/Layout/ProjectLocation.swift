/// Where a project's configuration is.
public enum ProjectLocation: Sendable, Hashable {
    /// A project's directory, with `config/` in it.
    case directory(String)
    /// One file with all sections. The project is the file's directory, or the one above a directory `config`.
    case file(String)
}
