/// Numbers that look drawn by chance, the same ones for the same seed.
///
/// Source: the generator SplitMix64 of G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators".
struct Chance: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next number, −1 to 1.
    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Double(mixed >> 11) * 0x1p-52 - 1
    }
}
