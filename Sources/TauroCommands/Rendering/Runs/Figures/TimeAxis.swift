import TauroBasics

/// Where moments of a run lie on a line from 0 to 1.
///
/// The time of each host is drawn to one scale; the time between two hosts, which may be days, is a gap of fixed width.
struct TimeAxis {
    /// The part of the line that belongs to one host.
    struct Segment: Equatable {
        let span: RunTimes.Span
        let from: Double
        let to: Double
    }

    /// A mark on the line.
    struct Tick: Equatable {
        let position: Double
        /// Since the host took the run.
        let seconds: Double
    }

    private static let gap = 0.04
    let segments: [Segment]

    init(_ spans: [RunTimes.Span]) {
        let room = max(0.2, 1 - Self.gap * Double(max(0, spans.count - 1)))
        let gap = spans.count > 1 ? (1 - room) / Double(spans.count - 1) : 0
        // A host that did nothing measurable still gets its place.
        let weights = spans.map { max($0.seconds, 0.001) }
        let total = weights.reduce(0, +)
        var start = 0.0
        segments = zip(spans, weights).map { span, weight in
            let end = start + room * weight / total
            defer { start = end + gap }
            return Segment(span: span, from: start, to: end)
        }
    }

    /// Where the moment lies in the hands of a host; moments outside of its time lie at its ends.
    func position(_ moment: Timestamp, host: Int) -> Double {
        guard segments.indices.contains(host) else { return 0 }
        let segment = segments[host]
        guard segment.span.seconds > 0 else { return segment.from }
        let share = RunTimes.Span(segment.span.start, moment).seconds / segment.span.seconds
        return segment.from + (segment.to - segment.from) * min(1, share)
    }

    /// Marks at round times, so that the whole line has about eight; none in segments without measurable time.
    var ticks: [Tick] {
        let step = Self.step(segments.reduce(0) { $0 + $1.span.seconds } / 8)
        return segments.flatMap { segment -> [Tick] in
            guard segment.span.seconds > 0 else { return [] }
            let width = (segment.to - segment.from) / segment.span.seconds
            return (0...Int(segment.span.seconds / step)).map { count in
                Tick(position: segment.from + Double(count) * step * width, seconds: Double(count) * step)
            }
        }
    }

    /// The next round time that is no shorter than `least` seconds.
    private static func step(_ least: Double) -> Double {
        let rounds: [Double] = [
            0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
            3600,
            7200, 21_600, 43_200, 86_400,
        ]
        return rounds.first { $0 >= least } ?? (least / 86_400).rounded(.up) * 86_400
    }
}
