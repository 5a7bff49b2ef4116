import TauroModel
import Testing

@testable import TauroExecution

@Suite struct UnifiedPipelineStateTests {
    @Test func seedsWalkWorks() throws {
        let state = UnifiedPipelineState()
        try state.registerNodeWithDependencies("extract", [])
        try state.registerNodeWithDependencies("transform", ["extract"])
        try state.setNodeStatus("extract", .completed)
        try state.setNodeStatus("transform", .running)
        #expect(state.getNodeStatus("transform") == .running)
        #expect(state.getNodeDependencies("transform") == ["extract"])
        #expect(state.getNodeDependents("extract") == ["transform"])
        #expect(state.getNodeStatus("nobody") == nil)
    }

    @Test func registeringTwiceIsRefused() throws {
        let state = UnifiedPipelineState()
        try state.registerNodeWithDependencies("a", [])
        let error = #expect(throws: DependencyError.self) { try state.registerNodeWithDependencies("a", []) }
        #expect(error?.message == "Node 'a' already registered")
    }

    @Test func whatEndedStaysEnded() throws {
        let state = UnifiedPipelineState()
        try state.registerNodeWithDependencies("a", [])
        try state.setNodeStatus("a", .running)
        try state.setNodeStatus("a", .failed)
        #expect(state.getNodeFailureCount("a") == 1)
        for next in NodeStatus.allCases {
            #expect(throws: DependencyError.self) { try state.setNodeStatus("a", next) }
        }
        #expect(state.getNodeStatus("a") == .failed)
    }

    @Test func everyAttemptThatFailsCounts() throws {
        let state = UnifiedPipelineState()
        try state.registerNodeWithDependencies("a", [])
        try state.setNodeStatus("a", .running)
        try state.setNodeStatus("a", .retrying)
        try state.setNodeStatus("a", .running)
        try state.setNodeStatus("a", .completed)
        #expect(state.getNodeFailureCount("a") == 1)
    }

    @Test func manyThreadsSeeWholeNodes() async throws {
        let state = UnifiedPipelineState()
        for index in 0..<200 { try state.registerNodeWithDependencies("n\(index)", []) }
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    try? state.setNodeStatus("n\(index)", .running)
                    try? state.setNodeStatus("n\(index)", .completed)
                    _ = state.snapshot()
                }
            }
        }
        #expect(state.snapshot().allSatisfy { $0.status == .completed })
    }
}
