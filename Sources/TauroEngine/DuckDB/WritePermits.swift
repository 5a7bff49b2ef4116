import TauroBasics

/// How many files are written at once: as many as there is memory for, since a writer holds rows until they fill a part of
/// its file and can not put them aside.
///
/// Safe from any thread.
final class WritePermits: Sendable {
    /// What one writer may need; a guess that holds for tables of some dozens of columns.
    private static let bytesPerWriter: Int64 = 128 << 20

    private let free: Monitor<Int>?

    /// Creates permits for an engine with so much memory; as many as are asked for where nothing limits it.
    init(memoryLimit: Int64?) {
        free = memoryLimit.map { Monitor(max(1, Int(clamping: $0 / Self.bytesPerWriter))) }
    }

    /// Runs `body` with a permit, for which it waits; blocks its thread.
    func write<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard let free else { return try body() }
        free.awaitValue { free -> Void? in
            guard free > 0 else { return nil }
            free -= 1
            return
        }
        defer { free.withLockNotifyingOne { $0 += 1 } }
        return try body()
    }
}
