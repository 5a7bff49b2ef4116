import Glibc

/// Symbolic links, which only tests make.
enum Links {
    struct Failure: Error {}

    static func make(_ path: String, to target: String) throws {
        if symlink(target, path) != 0 { throw Failure() }
    }
}
