package import Glibc

/// What a process allows itself: settings that hold from the moment they are made until it ends.
package enum ProcessLimits {
    private static let deathSignal: Int32 = 1
    private static let noNewPrivileges: Int32 = 38

    /// Ends this process when the one that started it ends, however that ends.
    ///
    /// - Returns: false if it has ended already, or the system can not do it.
    package static func endWithParent(_ parent: pid_t) -> Bool {
        guard let prctl = GNUFunctions.prctl, prctl(deathSignal, UInt(SIGKILL), 0, 0, 0) == 0 else { return false }
        return getppid() == parent
    }

    /// Keeps this process and what it starts from gaining rights, for example by running a set-user-id program.
    package static func refuseNewPrivileges() { _ = GNUFunctions.prctl?(noNewPrivileges, 1, 0, 0, 0) }

    /// Leaves no core file behind.
    package static func writeNoCore() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }

    /// How many descriptors this process may have open at most.
    package static var openFiles: UInt {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return UInt(limit.rlim_cur)
    }

    /// The same as it was before this process raised it, which is what programs that it starts expect.
    package static let openFilesAtStart = openFiles

    /// Allows as many open descriptors as the system lets this process have.
    package static func raiseOpenFiles() {
        _ = openFilesAtStart
        limitOpenFiles(.max)
    }

    /// Allows so many open descriptors, as far as the system lets this process have them.
    package static func limitOpenFiles(_ count: UInt) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Refuses memory of this process's own (heap and stacks, not shared files) beyond `bytes`.
    package static func limitMemory(_ bytes: Int64) {
        var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
        setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
    }
}
