import TauroBasics

/// Another process that sends back what it gets, or copies memory of its own when it gets one byte.
struct Echo {
    private let socket: MessageSocket
    private let process: ChildProcess
    private let message: UnsafeMutableRawBufferPointer

    /// Starts the process.
    init(bytes: Int, copying large: Int) throws {
        let (own, other) = try MessageSocket.pair()
        process = try ChildProcess(
            starting: ChildProcess.Request(
                program: try FileSystem.realPath("/proc/self/exe"),
                arguments: ["echo", "\(bytes)", "\(large)"],
                environment: [:],
                descriptors: [0, 1, 2, other.descriptor]
            )
        )
        socket = own
        message = .allocate(byteCount: bytes, alignment: 16)
        message.initializeMemory(as: UInt8.self, repeating: 1)
    }

    /// Sends the bytes there and back.
    func roundTrip() throws { try exchange(message.count) }

    /// Has the other process make a copy in new memory.
    func copy() throws { try exchange(1) }

    func end() {
        process.killGroup()
        _ = process.wait()
    }

    private func exchange(_ count: Int) throws {
        try socket.send(UnsafeRawBufferPointer(rebasing: message[..<count]))
        guard case .message = try socket.receive(into: message, wait: true) else {
            throw BenchmarkError(text: "the echo ended")
        }
    }

    /// What the other process does.
    static func serve(bytes: Int, copying large: Int) throws {
        let socket = MessageSocket(taking: 3)
        let message = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 16)
        let source = UnsafeMutableRawBufferPointer.allocate(byteCount: large, alignment: 64)
        source.initializeMemory(as: UInt8.self, repeating: 1)
        while case .message(let count, _) = try socket.receive(into: message, wait: true) {
            if count == 1 { _ = try SealedMemory("tauro-bench", [UnsafeRawBufferPointer(source)]) }
            try socket.send(UnsafeRawBufferPointer(rebasing: message[..<count]))
        }
    }
}
