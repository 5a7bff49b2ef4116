import Foundation
import TauroBasics
import TauroTesting
import Testing

@testable import TauroData

/// Images with random damage are refused, or can be read through to the last value.
///
/// A long run, a million cases, is asked for by TAURO_TEST_LONG=1; run it with the address sanitizer.
@Suite struct ImageMutationTests {
    private static let shards = 4
    /// Few under the thread sanitizer, which has nothing to see in one thread.
    private static let cases = TestSeed.isLong ? 1_000_000 : Sanitizer.current == .thread ? 2_000 : 20_000

    @Test(arguments: 0..<shards) func damageIsFoundOrDoesNoHarm(shard: Int) throws {
        let seed = TestSeed.value
        var chance = SeededGenerator(seed: seed &+ UInt64(shard) &* 0x1_0000_0001)
        let images = try ImageMutationTests.images(using: &chance)
        var refused = 0
        let count = ImageMutationTests.cases / ImageMutationTests.shards
        for number in 0..<count {
            let image = ImageMutationTests.mutated(images[number % images.count], using: &chance)
            if !ImageMutationTests.reads(image) { refused += 1 }
        }
        // Neither all nor none: the damage hits what is checked, and gets past what is not.
        #expect(refused > count / 10 && refused < count * 19 / 20, "\(refused) of \(count) refused; seed \(seed)")
    }

    /// One small image for each type, in two batches with a few rows.
    private static func images(using chance: inout SeededGenerator) throws -> [[UInt8]] {
        try ImageRoundTripTests.types.map { type in
            let batches = try [4, 9].map { count in
                let column = SampleArray(random: type, count: count, using: &chance).column(of: type)
                return try RecordBatch(columns: [("c", column)])
            }
            return try ImageMemory(of: batches, schema: batches[0].schema).contents
        }
    }

    /// Whether the image is taken; if so, every value is read.
    private static func reads(_ bytes: [UInt8]) -> Bool {
        guard let opened = try? ImageMemory(bytes).open() else { return false }
        for batch in opened.batches {
            var digest = ValueDigest(atMost: 1_000)
            for index in opened.schema.fields.indices { digest.add(batch.column(at: index)) }
        }
        return true
    }

    private static func mutated(_ image: [UInt8], using chance: inout SeededGenerator) -> [UInt8] {
        var image = image
        switch chance.below(8) {
        case 0...2:
            for _ in 0...chance.below(8) { image[place(image, 1, &chance)] = UInt8(truncatingIfNeeded: chance.next()) }
        case 3, 4: overwrite(&image, as: Int32.self, [0, 1, -1, .max, .min, 64, 0x7FFF_FFC0], &chance)
        case 5, 6: overwrite(&image, as: Int64.self, [0, 1, -1, .max, .min, 64, 1 << 31, 1 << 47, .max - 63], &chance)
        default:
            image.removeLast(chance.below(2) == 0 ? chance.below(image.count) : image.count / 64 / 2 * 64)
            // Half of the time the header agrees, so that what follows is reached.
            if chance.below(2) == 0, image.count >= 24 { store(image.count, in: &image, at: 16) }
        }
        return image
    }

    /// Sets a number that lies on a multiple of its size to an extreme, or moves it by one.
    private static func overwrite<Number: FixedWidthInteger & BitwiseCopyable>(
        _ image: inout [UInt8],
        as: Number.Type,
        _ extremes: [Number],
        _ chance: inout SeededGenerator
    ) {
        let size = MemoryLayout<Number>.size
        let position = place(image, size, &chance)
        let old = image.withUnsafeBytes { $0.load(fromByteOffset: position, as: Number.self) }
        let choices = extremes + [old &+ 1, old &- 1]
        store(choices[chance.below(choices.count)], in: &image, at: position)
    }

    private static func store<Number: BitwiseCopyable>(_ number: Number, in image: inout [UInt8], at position: Int) {
        image.withUnsafeMutableBytes { $0.storeBytes(of: number, toByteOffset: position, as: Number.self) }
    }

    /// A place for damage, mostly one that is not just padding.
    private static func place(_ image: [UInt8], _ size: Int, _ chance: inout SeededGenerator) -> Int {
        for _ in 0..<8 {
            let position = chance.below(image.count / size) * size
            if image[position..<position + size].contains(where: { $0 != 0 }) { return position }
        }
        return chance.below(image.count / size) * size
    }
}
