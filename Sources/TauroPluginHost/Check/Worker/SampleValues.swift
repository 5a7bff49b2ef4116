import TauroData

/// Values for made-up tables, by type.
enum SampleValues {
    /// The bytes of a number as they lie in memory.
    static func bytes<Number: BitwiseCopyable>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number) { Array($0) }
    }

    /// Values at the edges of a type; at least one.
    static func extremes(_ type: ArrowType) -> [[UInt8]] {
        switch type {
        case .bool: return [[0], [1]]
        case .float32: return floats.map { bytes(Float($0)) }
        case .float64: return floats.map { bytes($0) }
        case .utf8: return texts.map { Array($0.utf8) }
        case .binary: return [[], [0], Array(repeating: 0xFF, count: 1000)]
        // Beyond the years 1 to 9999 engines do not agree on days.
        case .date32: return [-719_162, 0, 2_932_896].map { bytes(Int32($0)) }
        case .timestamp(.microsecond, _):
            return [-62_135_596_800_000_000, 0, 253_402_300_799_999_999].map { bytes(Int64($0)) }
        case .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64:
            let width = FlatColumn.width(of: type) ?? 1
            let zero = [UInt8](repeating: 0, count: width)
            let ones = [UInt8](repeating: 0xFF, count: width)
            return [zero, ones, zero.dropLast() + [0x80], ones.dropLast() + [0x7F]]
        default: return [Array(repeating: 0, count: FlatColumn.width(of: type) ?? 0)]
        }
    }

    /// A value of no particular meaning.
    static func random(_ type: ArrowType, _ chance: inout SeededChance) -> [UInt8] {
        let extremes = extremes(type)
        if chance.below(4) == 0 { return extremes[chance.below(extremes.count)] }
        switch type {
        case .float32: return bytes(Float(chance.below(2_000_001) - 1_000_000) / 7)
        case .float64: return bytes(Double(chance.below(2_000_001) - 1_000_000) / 7)
        case .utf8: return Array(text(&chance).utf8)
        case .int64: return bytes(Int64(chance.below(2001) - 1000))
        case .date32: return bytes(Int32(chance.below(40_000)))
        default: return extremes[chance.below(extremes.count)]
        }
    }

    static let floats: [Double] = [
        0, -0.0, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        .leastNonzeroMagnitude,
    ]

    static let texts = [
        "", " ", "'; --", "Zo\u{EB} \u{4F60}\u{597D} \u{1F600}", "e\u{301}", "\u{202E}abc", "%s%n", long,
    ]

    /// Longer than what fits a small buffer.
    static let long = String(repeating: "0123456789", count: 7_000)

    private static func text(_ chance: inout SeededChance) -> String {
        let letters = Array("abc XYZ 019_-\u{E9}\u{4F60}\u{1F600}'\"%\\\n")
        return String((0..<chance.below(40)).map { _ in letters[chance.below(letters.count)] })
    }
}

/// Chance that comes again with its seed (SplitMix64, https://prng.di.unimi.it/splitmix64.c).
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
