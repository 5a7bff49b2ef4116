import Glibc

/// Functions of the C library that Swift's Glibc module does not show, since it is built without `_GNU_SOURCE`.
///
/// Each is nil where the library at hand has none.
enum GNUFunctions {
    typealias RenameAt2 = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    typealias SetThreadName = @convention(c) (pthread_t, UnsafePointer<CChar>) -> Int32

    /// `renameat2`, in glibc since 2.28.
    static let renameAt2: RenameAt2? = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: RenameAt2.self) }
    /// `pthread_setname_np`.
    static let setThreadName: SetThreadName? = dlsym(nil, "pthread_setname_np").map {
        unsafeBitCast($0, to: SetThreadName.self)
    }
}
