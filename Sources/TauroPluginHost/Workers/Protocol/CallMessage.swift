import TauroBasics
import TauroModel

/// The host asks a worker for one call.
struct CallMessage {
    /// What the worker gets for one input.
    enum Input {
        case frame(RemoteFrame)
        case artifact(ArtifactContent)

        fileprivate var isSealedArtifact: Bool {
            if case .artifact(let content) = self { content.isSealed } else { false }
        }
    }

    /// How many calls the worker has served before.
    let number: UInt64
    /// The dotted name of the function.
    let function: String
    let node: String
    let runID: String
    let attempt: Int
    let deadline: Int64?
    let inputs: [Input]
    let dates: DateWindow
    let parameters: [ParameterValue]
    let ml: MLContext?
    /// Absolute path of a directory for the content of artifacts.
    let directory: String
    /// How many bytes frames of the call may hold in the worker before they go to disk; nil keeps them in memory.
    let frameLimit: Int64?

    var envelope: Envelope {
        var writer = MessageWriter(reserved: inputs.count { $0.isSealedArtifact })
        writer.bytes.write(number)
        writer.bytes.write(function)
        writer.bytes.write(node)
        writer.bytes.write(runID)
        writer.bytes.write(Int64(attempt))
        writer.bytes.write(deadline) { $0.write($1) }
        writer.bytes.write(UInt32(inputs.count))
        for input in inputs { write(input, to: &writer) }
        writer.bytes.write(dates.start) { $0.write($1) }
        writer.bytes.write(dates.end) { $0.write($1) }
        writer.bytes.write(UInt32(parameters.count))
        for parameter in parameters { writer.write(parameter) }
        writer.bytes.write(ml != nil)
        if let ml { write(ml, to: &writer) }
        writer.bytes.write(directory)
        writer.bytes.write(frameLimit) { $0.write($1) }
        return Envelope(.call, writer)
    }

    private func write(_ input: Input, to writer: inout MessageWriter) {
        switch input {
        case .frame(let frame):
            writer.bytes.write(UInt8(0))
            writer.write(frame)
        case .artifact(let artifact):
            writer.bytes.write(UInt8(1))
            writer.write(artifact)
        }
    }

    private func write(_ ml: MLContext, to writer: inout MessageWriter) {
        writer.bytes.write(UInt32(ml.hyperparameters.count))
        for (name, value) in ml.hyperparameters {
            writer.bytes.write(name)
            writer.write(value)
        }
        writer.bytes.write(ml.json)
    }
}

extension CallMessage {
    // Inlined side by side, several that throw one type become code that LLVM refuses (Swift 6.3.1).
    @inline(never)
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            CallMessage(
                number: try reader.bytes.number(),
                function: try reader.bytes.text(),
                node: try reader.bytes.text(),
                runID: try reader.bytes.text(),
                attempt: Int(try reader.bytes.number(Int64.self)),
                deadline: try reader.bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.number() },
                inputs: try Self.inputs(&reader),
                dates: DateWindow(start: try reader.optionalText(), end: try reader.optionalText()),
                parameters: try (0..<reader.bytes.number(UInt32.self)).map { _ in try reader.parameterValue() },
                ml: try reader.bytes.flag() ? try Self.ml(&reader) : nil,
                directory: try reader.bytes.text(),
                frameLimit: try reader.bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.number() }
            )
        }
    }

    private static func inputs(_ reader: inout MessageReader) throws -> [Input] {
        var inputs: [Input] = []
        for _ in 0..<(try reader.bytes.number(UInt32.self)) {
            switch try reader.bytes.number(UInt8.self) {
            case 0: inputs.append(.frame(try reader.remoteFrame()))
            case 1: inputs.append(.artifact(try reader.artifact()))
            default: throw ProtocolError("it sent an input of no known kind")
            }
        }
        return inputs
    }

    private static func ml(_ reader: inout MessageReader) throws -> MLContext {
        var hyperparameters: [String: ConfigValue] = [:]
        for _ in 0..<(try reader.bytes.number(UInt32.self)) {
            let name = try reader.bytes.text()
            hyperparameters[name] = try reader.configValue()
        }
        return MLContext(hyperparameters: hyperparameters, json: try reader.bytes.text())
    }
}

/// A frame that the host has, as a worker knows it.
struct RemoteFrame {
    /// What host and worker call it during one call.
    let number: UInt64
    /// How many rows it has, if the host knows.
    let rowCount: Int64?
    /// The rows, where they come along.
    let content: FrameContent?
    /// How many pieces its rows come in, one by one, where they are more than memory has room for; nil for all at once.
    let pieceCount: Int64?

    init(number: UInt64, rowCount: Int64?, content: FrameContent?, pieceCount: Int64? = nil) {
        self.number = number
        self.rowCount = rowCount
        self.content = content
        self.pieceCount = pieceCount
    }
}

extension MessageWriter {
    mutating func write(_ frame: RemoteFrame) {
        bytes.write(frame.number)
        bytes.write(frame.rowCount) { $0.write($1) }
        bytes.write(frame.pieceCount) { $0.write($1) }
        // Rows that no message has room for are asked for when they are wanted.
        let content = hasRoom ? frame.content : nil
        bytes.write(content != nil)
        if let content { write(content) }
    }
}

extension MessageReader {
    mutating func remoteFrame() throws -> RemoteFrame {
        let number = try bytes.number(UInt64.self)
        let rowCount = try optionalNumber()
        let pieceCount = try optionalNumber()
        return RemoteFrame(
            number: number,
            rowCount: rowCount,
            content: try bytes.flag() ? try frameContent() : nil,
            pieceCount: pieceCount
        )
    }

    private mutating func optionalNumber() throws(ByteReader.Malformed) -> Int64? {
        try bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.number() }
    }

    mutating func optionalText() throws(ByteReader.Malformed) -> String? {
        try bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.text() }
    }
}
