import Testing

@testable import TauroBasics

@Suite struct ByteCodingTests {
    private func read<Value>(
        _ bytes: [UInt8],
        _ body: (inout ByteReader) throws -> Value
    ) throws -> Value {
        try bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            let value = try body(&reader)
            try reader.finish()
            return value
        }
    }

    @Test func whatWasWrittenIsRead() throws {
        var writer = ByteWriter()
        writer.write(Int64.min)
        writer.write("naïve")
        writer.write(true)
        writer.write(7 as Int32?) { $0.write($1) }
        writer.write(nil as String?) { $0.write($1) }
        writer.write(["a", ""]) { $0.write($1) }
        try writer.bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            #expect(try reader.number(Int64.self) == .min)
            #expect(try reader.text() == "naïve")
            #expect(try reader.flag())
            #expect(try reader.optional { reader throws(ByteReader.Malformed) in try reader.number(Int32.self) } == 7)
            #expect(try reader.optional { reader throws(ByteReader.Malformed) in try reader.text() } == nil)
            #expect(try reader.list { reader throws(ByteReader.Malformed) in try reader.text() } == ["a", ""])
            try reader.finish()
        }
    }

    @Test func lengthsBeyondTheEndAreRefusedWithoutTakingMemory() {
        #expect(throws: ByteReader.Malformed.self) { try read([1, 2, 3]) { try $0.number(UInt32.self) } }
        let hugeText = Array(repeating: UInt8(0xff), count: 12)
        #expect(throws: ByteReader.Malformed.self) { try read(hugeText) { try $0.text() } }
        #expect(throws: ByteReader.Malformed.self) {
            try read(hugeText) { reader throws(ByteReader.Malformed) in
                try reader.list { reader throws(ByteReader.Malformed) in try reader.number(UInt8.self) }
            }
        }
    }

    @Test func textThatIsNoneAndFlagsThatAreNoneAreRefused() {
        #expect(throws: ByteReader.Malformed.self) { try read([1, 0, 0, 0, 0, 0, 0, 0, 0xff]) { try $0.text() } }
        #expect(throws: ByteReader.Malformed.self) { try read([2]) { try $0.flag() } }
        #expect(throws: ByteReader.Malformed.self) { try read([1, 1]) { try $0.flag() } }
    }
}
