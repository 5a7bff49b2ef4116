import Foundation
import Testing

@testable import TauroBasics

@Suite struct MessageSocketTests {
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: MessageSocket.longestMessage, alignment: 16)

    private func send(_ text: String, descriptors: [Int32] = [], on socket: MessageSocket) throws {
        try Array(text.utf8).withUnsafeBytes { try socket.send($0, descriptors: descriptors) }
    }

    private func receive(_ socket: MessageSocket) throws -> (text: String, descriptors: [Int32])? {
        guard case .message(let count, let descriptors) = try socket.receive(into: buffer, wait: false) else {
            return nil
        }
        return (String(decoding: buffer[..<count], as: UTF8.self), descriptors)
    }

    @Test func messagesStayWhole() throws {
        let (one, other) = try MessageSocket.pair()
        try send("first", on: one)
        try send("second", on: one)
        #expect(try receive(other)?.text == "first")
        #expect(try receive(other)?.text == "second")
        #expect(try other.receive(into: buffer, wait: false) == .nothing)
    }

    @Test func descriptorsTravelAndAreClosedOnExec() throws {
        let (one, other) = try MessageSocket.pair()
        let memory = try Array("shared".utf8).withUnsafeBytes { try SealedMemory("test", [$0]) }
        try send("look", descriptors: [memory.descriptor, memory.descriptor], on: one)
        let received = try #require(try receive(other))
        #expect(received.descriptors.count == 2 && !received.descriptors.contains(memory.descriptor))
        for descriptor in received.descriptors {
            #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
            let mapping = try MappedMemory(try SealedMemory(taking: descriptor, limit: 100))
            #expect(mapping.withBytes { String(decoding: $0, as: UTF8.self) } == "shared")
        }
    }

    @Test func nobodyWaitsForAnEndThatIsBehindUnlessAsked() throws {
        let (one, other) = try MessageSocket.pair()
        let text = [UInt8](repeating: 7, count: 4_096)
        #expect {
            for _ in 0..<1_000 { try text.withUnsafeBytes { try one.send($0, wait: false) } }
        } throws: {
            ($0 as? SystemError)?.code == EAGAIN
        }
        #expect(try other.receive(into: buffer, wait: false) == .message(count: 4_096, descriptors: []))
    }

    @Test func messageBeyondTheLimitsIsRefusedBeforeItIsSent() throws {
        let (one, other) = try MessageSocket.pair()
        let many = [Int32](repeating: 0, count: MessageSocket.mostDescriptors + 1)
        #expect { try send("too many", descriptors: many, on: one) } throws: { ($0 as? SystemError)?.code == EMSGSIZE }
        let long = String(repeating: "x", count: MessageSocket.longestMessage + 1)
        #expect { try send(long, on: one) } throws: { ($0 as? SystemError)?.code == EMSGSIZE }
        #expect(try other.receive(into: buffer, wait: false) == .nothing)
    }

    @Test func otherEndThatIsGoneIsNoticed() throws {
        let (one, other) = try MessageSocket.pair()
        other.shut()
        #expect(try one.receive(into: buffer, wait: true) == .end)
        #expect(throws: SystemError.self) { try send("nobody", on: one) }
    }

    @Test func messageThatDoesNotFitIsRefusedWithItsDescriptors() throws {
        let (one, other) = try MessageSocket.pair()
        let memory = try Array("x".utf8).withUnsafeBytes { try SealedMemory("test", [$0]) }
        try send("too long for four bytes", descriptors: [memory.descriptor], on: one)
        let small = UnsafeMutableRawBufferPointer(rebasing: buffer[..<4])
        #expect { try other.receive(into: small, wait: false) } throws: { ($0 as? SystemError)?.code == EMSGSIZE }
        try send("next", on: one)
        #expect(try receive(other)?.text == "next")
    }
}
