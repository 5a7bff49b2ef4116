import TauroBasics
import TauroModel

/// A worker asks the host for something, and waits for the reply of the same number.
struct RequestMessage {
    enum Question {
        case query(Query)
        /// A frame's columns: a table without rows.
        case schema(frame: UInt64)
        /// A frame's rows.
        case rows(frame: UInt64)
        /// One piece of a frame's rows.
        case piece(frame: UInt64, piece: Int64)
        /// The next rows of a frame that the worker has no room for, under a number of the worker's own; the last ask for
        /// the frame.
        case store(frame: UInt64, FrameContent, isLast: Bool)
    }

    /// One query of a node.
    struct Query {
        let text: String
        let dialect: String?
        let tables: [(name: String, frame: FrameReference)]
        let parameters: [(name: String, value: ParameterValue?)]
    }

    let number: UInt64
    let question: Question

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(number)
        switch question {
        case .query(let query):
            writer.bytes.write(UInt8(0))
            write(query, to: &writer)
        case .schema(let frame):
            writer.bytes.write(UInt8(1))
            writer.bytes.write(frame)
        case .rows(let frame):
            writer.bytes.write(UInt8(2))
            writer.bytes.write(frame)
        case .piece(let frame, let piece):
            writer.bytes.write(UInt8(3))
            writer.bytes.write(frame)
            writer.bytes.write(piece)
        case .store(let frame, let content, let isLast):
            writer.bytes.write(UInt8(4))
            writer.bytes.write(frame)
            writer.write(content)
            writer.bytes.write(isLast)
        }
        return Envelope(.request, writer)
    }

    private func write(_ query: Query, to writer: inout MessageWriter) {
        writer.bytes.write(query.text)
        writer.bytes.write(query.dialect) { $0.write($1) }
        writer.bytes.write(UInt32(query.tables.count))
        for table in query.tables {
            writer.bytes.write(table.name)
            writer.write(table.frame)
        }
        writer.bytes.write(UInt32(query.parameters.count))
        for parameter in query.parameters {
            writer.bytes.write(parameter.name)
            writer.bytes.write(parameter.value != nil)
            if let value = parameter.value { writer.write(value) }
        }
    }
}

extension RequestMessage {
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let number = try reader.bytes.number(UInt64.self)
            let question: Question
            switch try reader.bytes.number(UInt8.self) {
            case 0: question = .query(try Self.query(&reader))
            case 1: question = .schema(frame: try reader.bytes.number())
            case 2: question = .rows(frame: try reader.bytes.number())
            case 3: question = .piece(frame: try reader.bytes.number(), piece: try reader.bytes.number())
            case 4:
                question = .store(
                    frame: try reader.bytes.number(),
                    try reader.frameContent(),
                    isLast: try reader.bytes.flag()
                )
            default: throw ProtocolError("it asked for something of no known kind")
            }
            return RequestMessage(number: number, question: question)
        }
    }

    private static func query(_ reader: inout MessageReader) throws -> Query {
        let text = try reader.bytes.text()
        let dialect = try reader.optionalText()
        var tables: [(name: String, frame: FrameReference)] = []
        for _ in 0..<(try reader.bytes.number(UInt32.self)) {
            tables.append((name: try reader.bytes.text(), frame: try reader.frameReference()))
        }
        var parameters: [(name: String, value: ParameterValue?)] = []
        for _ in 0..<(try reader.bytes.number(UInt32.self)) {
            let name = try reader.bytes.text()
            parameters.append((name: name, value: try reader.bytes.flag() ? try reader.parameterValue() : nil))
        }
        return Query(text: text, dialect: dialect, tables: tables, parameters: parameters)
    }
}

/// A frame in a message of a worker: one that the host has, or one that the worker made.
enum FrameReference {
    case host(UInt64)
    case made(FrameContent)
}

extension MessageWriter {
    mutating func write(_ frame: FrameReference) {
        switch frame {
        case .host(let number):
            bytes.write(UInt8(0))
            bytes.write(number)
        case .made(let content):
            bytes.write(UInt8(1))
            write(content)
        }
    }
}

extension MessageReader {
    mutating func frameReference() throws -> FrameReference {
        switch try bytes.number(UInt8.self) {
        case 0: return .host(try bytes.number())
        case 1: return .made(try frameContent())
        default: throw ProtocolError("it sent a frame of no known kind")
        }
    }
}
