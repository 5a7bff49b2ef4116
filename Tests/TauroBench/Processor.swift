import Glibc

/// The processors that this process may use.
enum Processor {
    private typealias Affinity = @convention(c) (pid_t, Int, UnsafeMutablePointer<UInt64>) -> Int32

    /// Their numbers, those below 64.
    static let all: [Int] = {
        var mask: UInt64 = 0
        _ = function("sched_getaffinity")?(0, 8, &mask)
        return (0..<64).filter { mask & (1 << UInt64($0)) != 0 }
    }()

    /// Moves the calling thread, and those that it starts later, to one of them.
    static func choose(_ number: Int?) {
        guard let number else { return }
        var mask: UInt64 = 1 << UInt64(number)
        _ = function("sched_setaffinity")?(0, 8, &mask)
    }

    private static func function(_ name: String) -> Affinity? {
        dlsym(nil, name).map { unsafeBitCast($0, to: Affinity.self) }
    }
}
