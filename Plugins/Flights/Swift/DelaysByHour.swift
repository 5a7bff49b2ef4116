import TauroSDK

/// Flights and mean departure delay, in minutes, of each scheduled hour of the day.
@Node("flights.gold.delays_by_hour")
func delaysByHour(_ flights: Frame, call: Call) throws -> Frame {
    var tallies: [Int64: DelayTally] = [:]
    try flights.forEachBatch { batch in
        try call.checkCancellation()
        let hours = try batch.numbers("hour")
        let delays = try batch.numbers("dep_delay")
        for row in 0..<batch.rowCount {
            guard let hour = hours[row].flatMap({ Int64(exactly: $0) }), (0..<24).contains(hour) else {
                throw NodeError.invalid("a flight's hour is \(hours[row].map { "\($0)" } ?? "null"), not 0 to 23")
            }
            tallies[hour, default: DelayTally()].add(delays[row])
        }
    }
    return try table(of: tallies)
}

private func table(of tallies: [Int64: DelayTally]) throws -> Frame {
    let hours = ColumnBuilder<Int64>()
    let flights = ColumnBuilder<Int64>()
    let means = ColumnBuilder<Double>()
    for (hour, tally) in tallies.sorted(by: { $0.key < $1.key }) {
        hours.append(hour)
        flights.append(tally.flights)
        means.append(tally.mean)
    }
    return try Frame(columns: [
        "hour": hours.finish(), "flights": flights.finish(), "mean_dep_delay": means.finish(),
    ])
}

/// The flights of one hour, and the delays of those that have departed.
private struct DelayTally {
    private(set) var flights: Int64 = 0
    private var departed: Int64 = 0
    private var total = 0.0

    mutating func add(_ delay: Double?) {
        flights += 1
        guard let delay else { return }
        departed += 1
        total += delay
    }

    /// The mean delay; nil where no flight departed.
    var mean: Double? { departed == 0 ? nil : total / Double(departed) }
}
