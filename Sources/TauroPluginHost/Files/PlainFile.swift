import Glibc
import TauroBasics

/// Why a file could not be read.
enum PlainFileError: Error, Equatable {
    /// The system refused; an errno value.
    case unreadable(Int32)
    case notRegular
    /// `what` would end at byte `end`, but the file ends at `size`.
    case truncated(what: String, end: UInt64, size: UInt64)
    /// `what` would begin where no file reaches.
    case beyond(what: String, start: UInt64)

    /// What is wrong, as the end of a sentence about the file.
    var reason: String {
        switch self {
        case .unreadable(let code): "can not be read: \(String(cString: strerror(code)))"
        case .notRegular: "is not a regular file"
        case .truncated(let what, let end, let size):
            "is truncated: \(what) would end at byte \(end), the file ends at byte \(size)"
        case .beyond(let what, let start): "is malformed: \(what) would begin at byte \(start)"
        }
    }

    /// What to do.
    var cure: String {
        switch self {
        case .unreadable: PlainFileError.readingCure
        case .notRegular: "put the library itself there, or remove this"
        case .truncated, .beyond: PlainFileError.damageCure
        }
    }

    /// What to do about a file that the system does not give.
    static let readingCure = "see that it is there, and that you may read it"
    /// What to do about a file that is not as a linker leaves it.
    static let damageCure = "it may have been damaged on its way: copy it again, or build it again with -shared"
}

/// A regular file that is read piece by piece, never mapped: one that shrinks gives an error instead of a signal.
///
/// Owns its descriptor. Safe from any thread: reads carry their own offset.
final class PlainFile: Sendable {
    /// Which file on which device; two paths with one identity are one file.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    /// What the system knew of the file when it was opened.
    let status: FileStatus
    private let descriptor: Int32
    /// The first bytes, where they were read at once.
    private let head: [UInt8]

    /// Opens the file at `path`, following links.
    ///
    /// Does not wait for anything that is no regular file.
    ///
    /// - Parameters:
    ///   - path: Which file.
    ///   - head: How many bytes from the beginning to read at once, so that small reads there cost no system call.
    /// - Throws: `PlainFileError.unreadable` or `.notRegular`.
    init(path: String, head: Int = 0) throws(PlainFileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(errno) }
        do throws(SystemError) {
            status = try FileSystem.fileStatus(ofOpen: descriptor, path)
        } catch {
            close(descriptor)
            throw .unreadable(error.code)
        }
        guard status.kind == .file else {
            close(descriptor)
            throw .notRegular
        }
        self.descriptor = descriptor
        self.head = PlainFile.head(of: descriptor, count: Int(min(UInt64(max(0, head)), status.stamp.size)))
    }

    deinit { close(descriptor) }

    /// Size in bytes when the file was opened.
    var size: UInt64 { status.stamp.size }

    var identity: Identity { Identity(device: status.stamp.device, inode: status.stamp.inode) }

    /// Has the system fetch the beginnings of files that will be read soon, all at once.
    ///
    /// A disk answers many questions together in little more time than one. Only a hint: what can not be opened is left
    /// out, and links are not followed.
    static func announce(_ paths: [String], head: Int) {
        for path in paths {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
            guard descriptor >= 0 else { continue }
            posix_fadvise(descriptor, 0, off_t(head), POSIX_FADV_WILLNEED)
            close(descriptor)
        }
    }

    /// The first bytes, as many as one read gives; what is missing is read when it is asked for.
    private static func head(of descriptor: Int32, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, max(0, count), 0))
        }
    }

    /// The `count` bytes from `offset` on.
    ///
    /// - Parameters:
    ///   - what: What is read, for the message.
    ///   - offset: Where to begin, in bytes.
    ///   - count: How many bytes; the caller has capped it.
    /// - Returns: exactly that many bytes.
    /// - Throws: `PlainFileError`, `.truncated` if the file ends before.
    func read(_ what: String, at offset: UInt64, count: Int) throws(PlainFileError) -> [UInt8] {
        try check(what, at: offset, count: count)
        if offset + UInt64(count) <= UInt64(head.count) { return Array(head[Int(offset)..<(Int(offset) + count)]) }
        var failure: PlainFileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(PlainFileError) {
                try fill(UnsafeMutableRawBufferPointer(buffer)[..<count], what, at: offset)
                filled = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads as many bytes as `buffer` holds, from `offset` on.
    ///
    /// - Throws: `PlainFileError`; the buffer then holds anything.
    func read(
        _ what: String,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(PlainFileError) {
        try check(what, at: offset, count: buffer.count)
        try fill(buffer[...], what, at: offset)
    }

    private func check(_ what: String, at offset: UInt64, count: Int) throws(PlainFileError) {
        let (end, overflow) = offset.addingReportingOverflow(UInt64(count))
        guard !overflow, end <= UInt64(Int64.max) else { throw .beyond(what: what, start: offset) }
        guard end <= size else { throw .truncated(what: what, end: end, size: size) }
    }

    private func fill(
        _ buffer: Slice<UnsafeMutableRawBufferPointer>,
        _ what: String,
        at offset: UInt64
    ) throws(PlainFileError) {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[(buffer.startIndex + filled)...])
            let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
            if got > 0 {
                filled += got
            } else if got == 0 {
                throw .truncated(what: what, end: offset + UInt64(buffer.count), size: offset + UInt64(filled))
            } else if errno != EINTR {
                throw .unreadable(errno)
            }
        }
    }
}

extension Array where Element == UInt8 {
    /// The number at `offset`, which the caller knows to be inside, in the byte order of this machine.
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
        withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
    }
}
