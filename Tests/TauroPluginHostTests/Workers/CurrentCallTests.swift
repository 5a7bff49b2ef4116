import TauroModel
import Testing

@testable import TauroPluginHost

@Suite struct CurrentCallTests {
    private var current = CurrentCall()

    @Test mutating func callThatGoesOnIsStopped() {
        let token = current.begin(3)
        #expect(current.stop(3) === token)
        #expect(!token.isCancelled)
    }

    @Test mutating func callThatHasNotBegunIsStoppedWhenItBegins() {
        #expect(current.stop(0) == nil)
        #expect(current.begin(0).isCancelled)
    }

    @Test mutating func callThatIsOverStopsNoOther() {
        _ = current.begin(3)
        let next = current.begin(4)
        #expect(current.stop(3) == nil)
        #expect(!next.isCancelled && !current.begin(5).isCancelled)
    }
}
