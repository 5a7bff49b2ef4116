/// The layers of a graph that is drawn from left to right, with a stop in every layer that a link passes.
struct GraphLayers {
    /// A node, or a stop of a link.
    private struct Stop {
        let layer: Int
        let height: Double
        var before: [Int] = []
        var after: [Int] = []
        var y = 0.0
    }

    private struct Chain {
        let from: Int
        let to: Int
        let stops: [Int]
    }

    private let nodeCount: Int
    /// The nodes first, in their order.
    private var stops: [Stop]
    private var layers: [[Int]]
    private var chains: [Chain] = []

    init(levels: [Int], dependencies: [[Int]]) {
        nodeCount = levels.count
        stops = levels.map { Stop(layer: $0, height: GraphLayout.nodeHeight) }
        layers = Array(repeating: [], count: (levels.max() ?? -1) + 1)
        for (place, level) in levels.enumerated() { layers[level].append(place) }
        for (to, needed) in dependencies.enumerated() { for from in needed { link(from, to) } }
    }

    private mutating func link(_ from: Int, _ to: Int) {
        var passed: [Int] = []
        var last = from
        for layer in stride(from: stops[from].layer + 1, to: stops[to].layer, by: 1) {
            stops.append(Stop(layer: layer, height: 0))
            let stop = stops.count - 1
            layers[layer].append(stop)
            join(last, stop)
            passed.append(stop)
            last = stop
        }
        join(last, to)
        chains.append(Chain(from: from, to: to, stops: passed))
    }

    private mutating func join(_ from: Int, _ to: Int) {
        stops[from].after.append(to)
        stops[to].before.append(from)
    }

    /// Orders the layers and gives every stop its height.
    mutating func arrange() {
        for round in 0..<12 { order(towardsStart: round % 2 == 0) }
        for layer in layers.indices { stack(layer) }
        for round in 0..<12 { settle(towardsStart: round % 2 == 0) }
        let top = stops.map(\.y).min() ?? 0
        for stop in stops.indices { stops[stop].y += GraphLayout.margin - top }
    }

    /// The upper left corner of each node.
    var boxes: [GraphLayout.Point] { stops.prefix(nodeCount).map { corner($0) } }

    /// The upper edges of everything.
    var tops: [Double] { stops.map(\.y) }

    var links: [GraphLayout.Link] {
        chains.map { chain in
            GraphLayout.Link(from: chain.from, to: chain.to, passing: chain.stops.map { corner(stops[$0]) })
        }
    }

    private func corner(_ stop: Stop) -> GraphLayout.Point {
        GraphLayout.Point(x: GraphLayout.x(stop.layer), y: stop.y)
    }

    private func sweep(towardsStart: Bool) -> [Int] {
        towardsStart ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
    }

    private mutating func order(towardsStart: Bool) {
        for layer in sweep(towardsStart: towardsStart) {
            var places: [Int: Double] = [:]
            let neighbour = towardsStart ? layer - 1 : layer + 1
            for (place, stop) in layers[neighbour].enumerated() { places[stop] = Double(place) }
            let wanted = layers[layer].enumerated().map { place, stop in
                let near = (towardsStart ? stops[stop].before : stops[stop].after).compactMap { places[$0] }
                return (stop: stop, at: near.isEmpty ? Double(place) : near.reduce(0, +) / Double(near.count), place)
            }
            layers[layer] = wanted.sorted { ($0.at, $0.2) < ($1.at, $1.2) }.map(\.stop)
        }
    }

    private mutating func stack(_ layer: Int) {
        var y = 0.0
        for stop in layers[layer] {
            stops[stop].y = y
            y += stops[stop].height + GraphLayout.rowGap
        }
    }

    /// Moves every stop as near to the middle of its neighbours as the order and the gaps allow: the least sum of squared
    /// distances, found by pooling adjacent violators.
    private mutating func settle(towardsStart: Bool) {
        for layer in sweep(towardsStart: towardsStart) {
            var offset = 0.0
            var pools: [(sum: Double, count: Int)] = []
            var offsets: [Double] = []
            for stop in layers[layer] {
                let near = towardsStart ? stops[stop].before : stops[stop].after
                let middles = near.map { stops[$0].y + stops[$0].height / 2 }
                let middle =
                    near.isEmpty ? stops[stop].y + stops[stop].height / 2 : middles.reduce(0, +) / Double(near.count)
                offsets.append(offset)
                pools.append((middle - stops[stop].height / 2 - offset, 1))
                while pools.count > 1, Self.mean(pools[pools.count - 2]) > Self.mean(pools[pools.count - 1]) {
                    let last = pools.removeLast()
                    pools[pools.count - 1].sum += last.sum
                    pools[pools.count - 1].count += last.count
                }
                offset += stops[stop].height + GraphLayout.rowGap
            }
            let means = pools.flatMap { pool in Array(repeating: Self.mean(pool), count: pool.count) }
            for (place, stop) in layers[layer].enumerated() { stops[stop].y = means[place] + offsets[place] }
        }
    }

    private static func mean(_ pool: (sum: Double, count: Int)) -> Double { pool.sum / Double(pool.count) }
}
