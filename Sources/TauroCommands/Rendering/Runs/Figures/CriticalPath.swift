/// The chain of nodes, each depending on the one before, that took longest: what a run could not be quicker than, however
/// many workers it had.
enum CriticalPath {
    /// The places of its nodes, from the first to the last; of several equally long chains the one that ends first.
    ///
    /// `dependencies[n]` are places before `n`; others are passed over.
    static func places(seconds: [Double], dependencies: [[Int]]) -> [Int] {
        var longest = seconds
        var previous = [Int?](repeating: nil, count: seconds.count)
        for place in seconds.indices {
            var best = 0.0
            for needed in dependencies[place] where (0..<place).contains(needed) {
                if previous[place] == nil || longest[needed] > best {
                    previous[place] = needed
                    best = longest[needed]
                }
            }
            longest[place] += best
        }
        var chain: [Int] = []
        var end = longest.indices.reduce(nil as Int?) { best, place in
            best.map { longest[place] > longest[$0] ? place : $0 } ?? place
        }
        while let place = end {
            chain.append(place)
            end = previous[place]
        }
        return chain.reversed()
    }
}
