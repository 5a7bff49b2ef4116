import TauroTesting
import Testing

@testable import TauroCommands

/// Where the nodes of a graph are drawn.
@Suite struct GraphLayoutTests {
    /// Holds what every drawing must keep to.
    private func check(_ layout: GraphLayout, _ dependencies: [[Int]]) {
        let boxes = layout.boxes
        #expect(boxes.count == dependencies.count)
        for box in boxes {
            #expect(box.x >= 0 && box.x + GraphLayout.nodeWidth <= layout.width)
            #expect(box.y >= 0 && box.y + GraphLayout.nodeHeight <= layout.height)
        }
        for (column, members) in Dictionary(grouping: boxes, by: \.x) {
            let heights = members.map(\.y).sorted()
            for (upper, lower) in zip(heights, heights.dropFirst()) {
                #expect(lower - upper >= GraphLayout.nodeHeight + GraphLayout.rowGap - 0.001, "column at \(column)")
            }
        }
        for (place, needed) in dependencies.enumerated() {
            for one in needed { #expect(boxes[one].x + GraphLayout.nodeWidth < boxes[place].x) }
        }
        #expect(Set(layout.links.map { [$0.from, $0.to] }).count == layout.links.count)
        #expect(layout.links.count == dependencies.reduce(0) { $0 + Set($1).count })
    }

    @Test func nothingIsDrawnOfNothing() {
        let layout = GraphLayout(dependencies: [])
        #expect(layout.boxes.isEmpty)
        #expect(layout.links.isEmpty)
    }

    @Test func aNodeAloneStandsAtTheMargin() {
        let layout = GraphLayout(dependencies: [[]])
        #expect(layout.boxes == [GraphLayout.Point(x: GraphLayout.margin, y: GraphLayout.margin)])
    }

    @Test func aChainRunsOnOneHeight() {
        let layout = GraphLayout(dependencies: [[], [0], [1], [2]])
        check(layout, [[], [0], [1], [2]])
        #expect(Set(layout.boxes.map(\.y)).count == 1)
    }

    @Test func aLinkOverSeveralLevelsGoesAroundTheNodesBetween() throws {
        let dependencies = [[], [0], [1], [2, 0]]
        let layout = GraphLayout(dependencies: dependencies)
        check(layout, dependencies)
        let link = try #require(layout.links.first { $0.from == 0 && $0.to == 3 })
        #expect(link.passing.map(\.x) == [layout.boxes[1].x, layout.boxes[2].x])
        for (stop, node) in zip(link.passing, [1, 2]) {
            let top = layout.boxes[node].y
            #expect(stop.y < top || stop.y > top + GraphLayout.nodeHeight)
        }
    }

    @Test func linksOfALadderDoNotCross() {
        // The second level stands in the order of the first, though the file has them the other way round.
        let layout = GraphLayout(dependencies: [[], [], [], [2], [1], [0]])
        let heights = [5, 4, 3].map { layout.boxes[$0].y }
        #expect(heights == [0, 1, 2].map { layout.boxes[$0].y })
    }

    @Test func dependenciesSaidTwiceOrNotThereAreOneOrNone() {
        let layout = GraphLayout(dependencies: [[], [0, 0, 5, 1, -2]])
        #expect(layout.links.map { [$0.from, $0.to] } == [[0, 1]])
    }

    @Test(arguments: [10, 60, 1000])
    func randomGraphsKeepToTheRules(count: Int) {
        let dependencies = SampleRuns.dependencies(count: count, seed: TestSeed.value)
        check(GraphLayout(dependencies: dependencies), dependencies)
    }

    @Test func aThousandNodesSideBySideTakeSeveralColumns() {
        let dependencies = [[]] + (1..<1000).map { _ in [0] }
        let layout = GraphLayout(dependencies: dependencies)
        check(layout, dependencies)
        #expect(layout.height < layout.width * 2)
    }
}
