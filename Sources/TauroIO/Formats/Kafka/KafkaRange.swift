import TauroModel

/// The messages of one partition that are read: from an offset up to another one.
///
/// There may be fewer messages than offsets: compaction takes messages away, and transactions leave marks.
struct KafkaRange: Equatable, Sendable {
    let partition: Int32
    let offsets: Range<Int64>
}

extension KafkaClient {
    /// What a dataset asks for of each partition, as far as there is any now; partitions in order.
    ///
    /// - Throws: `DatasetError` where it asks for what is not there; `ResourceError`.
    func ranges() throws -> [KafkaRange] {
        let partitions = try partitions(of: settings.topic)
        for (name, position) in [("starting_offsets", settings.start), ("ending_offsets", settings.end)] {
            guard case .offsets(let places) = position,
                let unknown = places.keys.sorted().first(where: { !partitions.contains($0) })
            else { continue }
            throw failure(
                .notFound,
                "'\(name)' names partition \(unknown), and the topic '\(settings.topic)' has the partitions"
                    + " \(partitions.map(String.init).joined(separator: ", "))"
            )
        }
        return try partitions.map(range)
    }

    private func range(of partition: Int32) throws -> KafkaRange {
        let available = try available(settings.topic, partition)
        let start = try offset(settings.start, partition, available, otherwise: .earliest)
        let end = try offset(settings.end, partition, available, otherwise: .latest)
        let clamped = min(max(start, available.lowerBound), available.upperBound)
        let place = "partition \(partition) of topic '\(settings.topic)'"
        let has =
            available.isEmpty
            ? "has no offsets (the next is \(available.upperBound))"
            : "has the offsets \(available.lowerBound) to \(available.upperBound - 1)"
        if clamped != start || end > available.upperBound, settings.failsOnDataLoss {
            let asked = clamped != start ? "start at \(start)" : "end at \(end)"
            throw failure(
                .unreadable,
                "\(place) \(has), and reading is to \(asked); correct the offsets, or set fail_on_data_loss: false to"
                    + " read what is there"
            )
        }
        if start > end, settings.failsOnDataLoss {
            throw failure(
                .unreadable,
                "reading of \(place) would begin at offset \(start) and end before it, at \(end)"
            )
        }
        return KafkaRange(partition: partition, offsets: clamped..<max(clamped, min(end, available.upperBound)))
    }

    private func offset(
        _ position: KafkaPosition,
        _ partition: Int32,
        _ available: Range<Int64>,
        otherwise: KafkaPosition.Place
    ) throws -> Int64 {
        if case .moment(let milliseconds) = position {
            return try offset(settings.topic, partition, from: milliseconds) ?? available.upperBound
        }
        return switch position.place(in: partition, otherwise: otherwise) {
        case .earliest, nil: available.lowerBound
        case .latest: available.upperBound
        case .offset(let offset): offset
        }
    }
}
