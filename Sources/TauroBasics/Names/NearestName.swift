/// "Did you mean": the known names nearest to one that is not known.
package enum NearestName {
    /// The nearest of `candidates`, if one is near enough; among equally near ones the first.
    package static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        let wanted = folded(name)
        var bound = limit(for: wanted)
        var best: String?
        for candidate in candidates {
            guard let distance = distance(wanted, folded(candidate), atMost: bound) else { continue }
            best = candidate
            if distance == 0 { break }
            bound = distance - 1
        }
        return best
    }

    /// Up to `count` of `candidates` that are near enough, nearest first, equally near ones in their own order.
    package static func nearestFew(to name: String, in candidates: some Sequence<String>, count: Int = 3) -> [String] {
        let wanted = folded(name)
        let bound = limit(for: wanted)
        let near = candidates.enumerated().compactMap { offset, candidate in
            distance(wanted, folded(candidate), atMost: bound).map { (distance: $0, offset: offset, name: candidate) }
        }
        return near.sorted { ($0.distance, $0.offset) < ($1.distance, $1.offset) }.prefix(count).map(\.name)
    }

    /// The question whether the nearest name was meant, as a note; no note where none is near.
    package static func note(_ nearest: String?) -> [String] { nearest.map { ["did you mean '\($0)'?"] } ?? [] }

    /// The same question as the end of a sentence; empty where none is near.
    package static func ending(_ nearest: String?) -> String { nearest.map { "; did you mean '\($0)'?" } ?? "" }

    /// How many slips count as near: one in a short name, up to three in a long one.
    private static func limit(for name: [UInt8]) -> Int { min(3, max(1, name.count / 3)) }

    /// The bytes with ASCII letters in lower case, so that `Format` is as near to `format` as can be.
    private static func folded(_ name: String) -> [UInt8] {
        name.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    }

    /// The Damerau-Levenshtein distance (optimal string alignment: insertions, deletions, replacements, swaps of
    /// neighbours), or nil where it is above `bound`.
    static func distance(_ left: [UInt8], _ right: [UInt8], atMost bound: Int) -> Int? {
        if bound < 0 || abs(left.count - right.count) > bound { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in 0..<right.count {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            if let least = current.min(), least > bound { return nil }
            (beforeLast, last) = (last, current)
        }
        let distance = last[right.count]
        return distance <= bound ? distance : nil
    }
}
