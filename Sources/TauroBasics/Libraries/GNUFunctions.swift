import Glibc

/// Functions of the C library that Swift's Glibc module does not show, since it is built without `_GNU_SOURCE` and shows
/// no function with a variable number of arguments.
///
/// Each is nil where the library at hand has none.
enum GNUFunctions {
    typealias RenameAt2 = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    typealias DescribeAddress = @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer?) -> Int32
    typealias SetThreadName = @convention(c) (pthread_t, UnsafePointer<CChar>) -> Int32
    typealias MemfdCreate = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
    typealias PidfdOpen = @convention(c) (pid_t, UInt32) -> Int32
    typealias AddCloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    typealias MallocTrim = @convention(c) (Int) -> Int32
    typealias Prctl = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32

    /// `renameat2`, in glibc since 2.28.
    static let renameAt2 = find("renameat2", as: RenameAt2.self)
    /// `dladdr`.
    static let describeAddress = find("dladdr", as: DescribeAddress.self)
    /// `pthread_setname_np`.
    static let setThreadName = find("pthread_setname_np", as: SetThreadName.self)
    /// `memfd_create`, in glibc since 2.27.
    static let memfdCreate = find("memfd_create", as: MemfdCreate.self)
    /// `pidfd_open`, in glibc since 2.36.
    static let pidfdOpen = find("pidfd_open", as: PidfdOpen.self)
    /// `posix_spawn_file_actions_addclosefrom_np`, in glibc since 2.34.
    static let addCloseFrom = find("posix_spawn_file_actions_addclosefrom_np", as: AddCloseFrom.self)
    /// `malloc_trim`.
    static let mallocTrim = find("malloc_trim", as: MallocTrim.self)
    /// `prctl`; where whole numbers travel in registers, its variable arguments arrive as fixed ones do.
    static let prctl = find("prctl", as: Prctl.self)

    private static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
        dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }
}
