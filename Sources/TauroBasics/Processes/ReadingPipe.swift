import Glibc

/// A pipe that this process reads from without waiting.
///
/// Owns both ends. One thread at a time reads.
package final class ReadingPipe: Sendable {
    /// The end to read from.
    package let descriptor: Int32
    /// The end to write to, until it was given away.
    package let writing: Int32
    private let isWritingOpen = OneTimeFlag()

    /// Makes a pipe; both ends are closed on exec.
    package init() throws(SystemError) {
        var ends: [Int32] = [0, 0]
        try SystemCall.check("make", "a pipe") { pipe(&ends) }
        descriptor = ends[0]
        writing = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        closeWriting()
    }

    /// Closes the end to write to: another process has it now.
    package func closeWriting() {
        if isWritingOpen.take() { close(writing) }
    }

    /// Makes the end to write to wait for room, as a program expects of its output.
    package func letWritersWait() { _ = fcntl(writing, F_SETFL, 0) }

    /// Writes one byte, so that whoever waits for the pipe wakes up; a full pipe wakes them too.
    package func wake() {
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    /// What is there to read now, at most 64 KiB of it; empty where nothing is, nil when no more will come.
    package func read() -> [UInt8]? {
        var end = false
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            count = max(0, got)
            end = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)
        }
        return end ? nil : bytes
    }
}
