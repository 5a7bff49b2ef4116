import Glibc
import Synchronization
import TauroBasics

/// A directory for the content of artifacts.
///
/// Whoever names it removes it when the run is over. Safe from any thread.
struct ArtifactDirectory: Sendable {
    private static let counter = Atomic<Int>(0)

    let path: String

    /// Writes `bytes` to a new file.
    ///
    /// - Returns: the file's absolute path.
    /// - Throws: `SystemError`.
    func write(_ bytes: [UInt8]) throws -> String {
        try fill { write in try bytes.withUnsafeBytes { try write($0) } }
    }

    /// Copies the file at `source`, whatever becomes of it afterwards.
    ///
    /// - Returns: the copy's absolute path.
    /// - Throws: `PlainFileError` for the source, `SystemError` for the copy.
    func copy(of source: String) throws -> String {
        let file = try PlainFile(path: source)
        return try fill { write in try file.forEachPiece(write) }
    }

    /// Makes a new file with what `body` writes; removes it if that fails.
    private func fill(_ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws -> String {
        try FileSystem.makeDirectories(path)
        let number = ArtifactDirectory.counter.add(1, ordering: .relaxed).newValue
        let target = FilePath.join(path, "artifact-\(getpid())-\(number)")
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError(operation: "write", path: target, code: errno) }
        var isOpen = true
        do {
            try body { try SystemCall.writeAll($0, to: descriptor, path: target) }
            isOpen = false
            guard close(descriptor) == 0 else { throw SystemError(operation: "write", path: target, code: errno) }
        } catch {
            if isOpen { close(descriptor) }
            unlink(target)
            throw error
        }
        return target
    }
}
