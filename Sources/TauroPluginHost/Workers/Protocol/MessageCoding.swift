import TauroBasics
import TauroData
import TauroModel

/// Writes the content of a message, and collects the memory it speaks of.
struct MessageWriter {
    var bytes = ByteWriter()
    private(set) var memories: [SealedMemory] = []

    /// Memories that are still to come and that there must be room for.
    let reserved: Int

    init(reserved: Int = 0) { self.reserved = reserved }

    /// Whether one more memory may come along that can do without.
    var hasRoom: Bool { memories.count + reserved < Envelope.mostMemories }

    /// Writes the place of a memory that comes along.
    mutating func write(_ memory: SealedMemory) {
        bytes.write(UInt32(memories.count))
        memories.append(memory)
    }

    mutating func write(_ content: FrameContent) {
        switch content {
        case .inline(let image):
            bytes.write(UInt8(0))
            image.withBytes { bytes.write(bytes: $0) }
        case .sealed(let memory):
            bytes.write(UInt8(1))
            write(memory)
        }
    }

    mutating func write(_ value: ParameterValue) {
        switch value {
        case .int64(let number):
            bytes.write(UInt8(0))
            bytes.write(number)
        case .float64(let number):
            bytes.write(UInt8(1))
            bytes.write(number.bitPattern)
        case .bool(let flag):
            bytes.write(UInt8(2))
            bytes.write(flag)
        case .string(let text):
            bytes.write(UInt8(3))
            bytes.write(text)
        }
    }

    /// Writes a configuration value without the places it was written at.
    mutating func write(_ value: ConfigValue) {
        switch value.content {
        case .null: bytes.write(UInt8(0))
        case .bool(let flag):
            bytes.write(UInt8(1))
            bytes.write(flag)
        case .integer(let number):
            bytes.write(UInt8(2))
            bytes.write(number)
        case .double(let number):
            bytes.write(UInt8(3))
            bytes.write(number.bitPattern)
        case .string(let text):
            bytes.write(UInt8(4))
            bytes.write(text)
        case .list(let values):
            bytes.write(UInt8(5))
            bytes.write(UInt32(values.count))
            for value in values { write(value) }
        case .map(let entries):
            bytes.write(UInt8(6))
            bytes.write(UInt32(entries.count))
            for entry in entries {
                bytes.write(entry.key)
                write(entry.value)
            }
        }
    }
}

/// Reads the content of a message; the memory it speaks of came with it.
struct MessageReader {
    var bytes: ByteReader
    let memories: [SealedMemory]

    mutating func frameContent() throws -> FrameContent {
        switch try bytes.number(UInt8.self) {
        case 0: return .inline(ImageBytes(copying: try bytes.bytesInPlace()))
        case 1: return .sealed(try memory("a frame"))
        default: throw ProtocolError("it sent a frame of no known form")
        }
    }

    /// The memory at the place that is named next.
    mutating func memory(_ owner: String) throws -> SealedMemory {
        let place = Int(try bytes.number(UInt32.self))
        guard memories.indices.contains(place) else { throw ProtocolError("it sent \(owner) without its memory") }
        return memories[place]
    }

    mutating func parameterValue() throws(ByteReader.Malformed) -> ParameterValue {
        switch try bytes.number(UInt8.self) {
        case 0: return .int64(try bytes.number())
        case 1: return .float64(try bytes.double())
        case 2: return .bool(try bytes.flag())
        case 3: return .string(try bytes.text())
        default: throw ByteReader.Malformed("a value of no known type")
        }
    }

    mutating func configValue(depth: Int = 0) throws(ByteReader.Malformed) -> ConfigValue {
        guard depth < 128 else { throw ByteReader.Malformed("values nested without end") }
        let content: ConfigValue.Content
        switch try bytes.number(UInt8.self) {
        case 0: content = .null
        case 1: content = .bool(try bytes.flag())
        case 2: content = .integer(try bytes.number())
        case 3: content = .double(try bytes.double())
        case 4: content = .string(try bytes.text())
        case 5:
            var values: [ConfigValue] = []
            for _ in 0..<(try bytes.number(UInt32.self)) { values.append(try configValue(depth: depth + 1)) }
            content = .list(values)
        case 6:
            var entries: [ConfigValue.Entry] = []
            for _ in 0..<(try bytes.number(UInt32.self)) {
                let key = try bytes.text()
                let value = try configValue(depth: depth + 1)
                entries.append(ConfigValue.Entry(key: key, keyLocation: Self.nowhere, value: value))
            }
            content = .map(entries)
        default: throw ByteReader.Malformed("a value of no known type")
        }
        return ConfigValue(content, at: Self.nowhere)
    }

    private static let nowhere = SourceLocation(file: "")
}

extension Envelope {
    /// Reads the content to its end.
    ///
    /// - Throws: `ProtocolError`.
    func read<Value>(_ body: (inout MessageReader) throws -> Value) throws(ProtocolError) -> Value {
        do {
            return try content.withUnsafeBytes { content in
                var reader = MessageReader(bytes: ByteReader(content), memories: memories)
                let value = try body(&reader)
                try reader.bytes.finish()
                return value
            }
        } catch {
            throw ProtocolError(error)
        }
    }
}
