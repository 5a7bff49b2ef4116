import TauroBasics

/// Names runs: the time of day, so that they sort, and chance, so that two of one instant differ.
enum RunIdentifier {
    /// For example `20260131T101112345Z-9f3a1c`.
    static func make(at time: Timestamp) -> String {
        let stamp = time.description.filter { !"-:.".contains($0) }
        let digits = String(UInt32.random(in: 0..<(1 << 24)), radix: 16)
        return "\(stamp)-\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}
