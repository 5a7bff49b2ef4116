import Glibc

extension FileSystem {
    /// Renames a file or directory; a file that is already there is replaced in the same step.
    package static func rename(_ path: String, to target: String) throws(SystemError) {
        try SystemCall.check("rename to \(target) the path", path) { Glibc.rename(path, target) }
    }

    /// Renames only where nothing is in the way.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` when `target` is there.
    package static func renameWithoutReplacing(_ path: String, to target: String) throws(SystemError) {
        try rename(path, target, flags: RenameFlag.noReplace, operation: "rename to \(target) the path")
    }

    /// Swaps two files or directories in one step; both must exist on one file system.
    package static func exchange(_ path: String, with other: String) throws(SystemError) {
        try rename(path, other, flags: RenameFlag.exchange, operation: "exchange with \(other) the path")
    }

    private static func rename(
        _ path: String,
        _ target: String,
        flags: UInt32,
        operation: String
    )
        throws(SystemError)
    {
        try SystemCall.check(operation, path) {
            guard let function = GNUFunctions.renameAt2 else {
                errno = ENOSYS
                return Int32(-1)
            }
            return function(AT_FDCWD, path, AT_FDCWD, target, flags)
        }
    }
}

/// Flags of `renameat2`, from linux/fs.h.
private enum RenameFlag {
    static let noReplace: UInt32 = 1
    static let exchange: UInt32 = 2
}
