import Glibc

/// What a path names.
package enum FileKind: Sendable, Hashable {
    case file
    case directory
    case symbolicLink
    /// A device, a socket or a pipe.
    case other

    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .symbolicLink
        default: self = .other
        }
    }
}
