import TauroTesting
import Testing

@testable import TauroData

/// The quick checks say what the slow and obvious ones say.
@Suite struct ImagePrimitivesTests {
    @Test func textIsUTF8ExactlyIfTheStandardLibrarySaysSo() {
        var chance = SeededGenerator(seed: TestSeed.value)
        // Bytes at the edges of the ranges that UTF-8 is made of.
        let edges: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for _ in 0..<20_000 {
            let prefix = String("žluťoučký 🐎 kůň".prefix(chance.below(10)))
            let bytes = Array(prefix.utf8) + (0..<chance.below(5)).map { _ in edges[chance.below(edges.count)] }
            let expected = String(validating: bytes, as: UTF8.self) != nil
            #expect(bytes.withUnsafeBytes(UTF8Check.isValid) == expected, "\(bytes)")
        }
    }

    @Test func oneByteAboveASCIIIsFoundWhereverItIs() {
        for count in 0..<200 {
            var bytes = [UInt8](repeating: 0x7F, count: count)
            #expect(bytes.withUnsafeBytes(UTF8Check.isASCII))
            for index in 0..<count {
                bytes[index] = 0x80
                #expect(!bytes.withUnsafeBytes(UTF8Check.isASCII))
                bytes[index] = 0x7F
            }
        }
    }

    @Test func bitsAreCountedAndMovedFromAnyPosition() {
        var chance = SeededGenerator(seed: TestSeed.value)
        for _ in 0..<2_000 {
            let (first, count) = (chance.below(30), chance.below(200))
            let bits = (0..<first + count).map { _ in chance.below(2) == 0 }
            // Of exactly its size, so that reading beyond it is found.
            let source = ImageMemory(bitmap(bits))
            guard let start = source.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { continue }
            let run = BitRun(bytes: start, first: first, count: count)
            let target = ImageMemory([UInt8](repeating: 0xFF, count: (count + 7) / 8))
            if count > 0, let bytes = target.bytes.baseAddress {
                run.copy(to: bytes.assumingMemoryBound(to: UInt8.self))
            }
            #expect(run.zeros == bits[first...].filter { !$0 }.count)
            #expect(target.contents == bitmap(Array(bits[first...])))
            extendLifetime(source)
        }
    }
}
