/// Counts as a row of small bars, one character each.
struct SmallBars {
    /// Whether blocks can be shown; else signs that grow darker stand for them.
    let usesBlocks: Bool

    /// The bars: the greatest count is a whole block, none a space.
    func text(_ counts: [Int64]) -> String {
        guard let greatest = counts.max(), greatest > 0 else { return "" }
        let signs = Array(usesBlocks ? "▁▂▃▄▅▆▇█" : ".:-=+*#@")
        return String(
            counts.map { count in
                if count == 0 { return " " }
                let share = Double(count) / Double(greatest)
                return signs[min(signs.count - 1, Int(share * Double(signs.count)))]
            }
        )
    }
}
