import Glibc

/// One end of a pair of connected sockets between two processes that keeps messages whole and carries descriptors.
///
/// Owns its descriptor. Any thread may send, one at a time receives. See unix(7), SOCK_SEQPACKET and SCM_RIGHTS.
package final class MessageSocket: Sendable {
    /// What one look at the socket gave.
    package enum Received: Equatable {
        /// A message of `count` bytes, and descriptors that are now the caller's to close.
        case message(count: Int, descriptors: [Int32])
        /// Nothing is there now.
        case nothing
        /// The other end is gone.
        case end
    }

    /// Most descriptors that one message carries; the system's own limit is 253.
    package static let mostDescriptors = 64
    /// Longest message in bytes; the system's buffer of one socket holds more than one of them.
    package static let longestMessage = 96 << 10
    /// How often to look for a message, with others let through between two looks, before a thread sleeps until one comes:
    /// to fall asleep and to be woken takes longer than a short call.
    package static let looks = 50

    /// The descriptor, closed on exec.
    package let descriptor: Int32

    /// Takes over a descriptor.
    package init(taking descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Two connected ends.
    package static func pair() throws(SystemError) -> (MessageSocket, MessageSocket) {
        var ends: [Int32] = [0, 0]
        let type = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        try SystemCall.check("make", "a pair of sockets") { socketpair(AF_UNIX, type, 0, &ends) }
        return (MessageSocket(taking: ends[0]), MessageSocket(taking: ends[1]))
    }

    /// Lets no more messages through, in either direction: both ends see the end.
    package func shut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Sends one message of two parts, of which the second may be empty; with `wait`, waits while the other end is behind.
    ///
    /// The descriptors stay the caller's.
    ///
    /// - Throws: `SystemError`: EMSGSIZE for a message with more bytes or descriptors than one carries; EAGAIN when the
    ///   other end is behind and nobody is to wait; EPIPE or ECONNRESET when nobody is there to receive.
    package func send(
        _ head: UnsafeRawBufferPointer,
        _ rest: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        descriptors: [Int32] = [],
        wait: Bool = true
    ) throws(SystemError) {
        guard head.count + rest.count <= Self.longestMessage, descriptors.count <= Self.mostDescriptors else {
            throw SystemError(operation: "send to", path: "another process", code: EMSGSIZE)
        }
        var parts = (Self.part(head), Self.part(rest))
        try SystemCall.check("send to", "another process") {
            Self.withHeader(&parts, count: rest.isEmpty ? 1 : 2) { header, control in
                if descriptors.isEmpty {
                    header.msg_control = nil
                    header.msg_controllen = 0
                } else {
                    header.msg_controllen = Self.write(descriptors, to: control)
                }
                return sendmsg(descriptor, &header, Int32(wait ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT))
            }
        }
    }

    /// Takes the next message.
    ///
    /// - Throws: `SystemError`, with EMSGSIZE for a message that does not fit, EMFILE where this process may not have as many
    ///   descriptors open as came with it; its descriptors are closed.
    package func receive(into buffer: UnsafeMutableRawBufferPointer, wait: Bool) throws(SystemError) -> Received {
        var parts = (Self.part(UnsafeRawBufferPointer(buffer)), iovec())
        var descriptors: [Int32] = []
        var cut: Int32 = 0
        let flags = Int32(MSG_CMSG_CLOEXEC) | (wait ? 0 : Int32(MSG_DONTWAIT))
        let count: Int
        do throws(SystemError) {
            count = try SystemCall.check("receive from", "another process") {
                Self.withHeader(&parts, count: 1) { header, control in
                    let count = recvmsg(descriptor, &header, flags)
                    if count >= 0 {
                        descriptors = Self.read(control, length: header.msg_controllen)
                        cut = header.msg_flags & Int32(MSG_TRUNC | MSG_CTRUNC)
                    }
                    return count
                }
            }
        } catch {
            if error.code == EAGAIN { return .nothing }
            if error.code == ECONNRESET { return .end }
            throw error
        }
        if cut != 0 {
            for descriptor in descriptors { close(descriptor) }
            // There is room for as many descriptors as a message has, so that fewer means that they could not be opened.
            let isShort = cut & Int32(MSG_CTRUNC) != 0 && descriptors.count < Self.mostDescriptors
            throw SystemError(operation: "receive from", path: "another process", code: isShort ? EMFILE : EMSGSIZE)
        }
        // No message of ours is empty.
        return count == 0 && descriptors.isEmpty ? .end : .message(count: count, descriptors: descriptors)
    }
}

/// The layout of control messages: a header of length, level and type, and descriptors, on boundaries of eight bytes.
extension MessageSocket {
    private static let headerSize = 16
    private static let controlSize = headerSize + mostDescriptors * 4

    private static func part(_ bytes: UnsafeRawBufferPointer) -> iovec {
        iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    }

    private static func withHeader(
        _ parts: inout (iovec, iovec),
        count: Int,
        _ body: (inout msghdr, UnsafeMutableRawBufferPointer) -> Int
    ) -> Int {
        withUnsafeMutableBytes(of: &parts) { parts in
            withUnsafeTemporaryAllocation(byteCount: controlSize, alignment: 8) { control in
                var header = msghdr()
                header.msg_iov = parts.baseAddress?.assumingMemoryBound(to: iovec.self)
                header.msg_iovlen = count
                header.msg_control = control.baseAddress
                header.msg_controllen = control.count
                return body(&header, control)
            }
        }
    }

    private static func write(_ descriptors: [Int32], to control: UnsafeMutableRawBufferPointer) -> Int {
        let length = headerSize + descriptors.count * 4
        control.storeBytes(of: UInt(length), as: UInt.self)
        control.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
        control.storeBytes(of: Int32(SCM_RIGHTS), toByteOffset: 12, as: Int32.self)
        for (index, descriptor) in descriptors.enumerated() {
            control.storeBytes(of: descriptor, toByteOffset: headerSize + index * 4, as: Int32.self)
        }
        return (length + 7) & ~7
    }

    private static func read(_ control: UnsafeMutableRawBufferPointer, length: Int) -> [Int32] {
        guard length >= headerSize,
            control.load(fromByteOffset: 8, as: Int32.self) == SOL_SOCKET,
            control.load(fromByteOffset: 12, as: Int32.self) == Int32(SCM_RIGHTS)
        else { return [] }
        let size = min(Int(control.load(as: UInt.self)), length)
        return stride(from: headerSize, to: size - 3, by: 4).map { control.load(fromByteOffset: $0, as: Int32.self) }
    }
}
