import TauroBasics

/// Which of as few lanes as possible each stretch of time gets, so that none in a lane overlap.
enum LanePacking {
    /// A lane for each span, 0 for the first; the earliest span gets the lowest lane that is free.
    static func lanes(_ spans: [RunTimes.Span]) -> [Int] {
        var lanes = [Int](repeating: 0, count: spans.count)
        var ends: [Timestamp] = []
        let order = spans.indices.sorted { (spans[$0].start, spans[$0].end, $0) < (spans[$1].start, spans[$1].end, $1) }
        for place in order {
            let lane = ends.firstIndex { $0 <= spans[place].start } ?? ends.count
            if lane == ends.count { ends.append(spans[place].end) }
            ends[lane] = spans[place].end
            lanes[place] = lane
        }
        return lanes
    }
}
