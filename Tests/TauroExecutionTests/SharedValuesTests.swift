import TauroTesting
import Testing

@testable import TauroExecution

/// A value for each place, of which equal ones are kept once.
@Suite struct SharedValuesTests {
    @Test(arguments: [["a"], ["a", "a"], ["a", "a", "b", "a", "c", "c", "b"], ["b", "a", "a"]])
    func everyPlaceHasItsValue(values: [String]) {
        let shared = SharedValues(values)
        #expect(shared.count == values.count)
        #expect(values.indices.map { shared[$0] } == values)
    }

    @Test func oneValueIsThatOfAllPlaces() {
        let shared = SharedValues([7])
        #expect(shared[0] == 7 && shared[1_000_000] == 7)
    }

    @Test func repeatingIsAppendingTheSame() {
        var chance = SeededGenerator(seed: TestSeed.value)
        var values: [Int] = []
        var shared = SharedValues<Int>(capacity: 1000)
        for _ in 0..<1000 {
            if let last = values.last, Bool.random(using: &chance) {
                values.append(last)
                shared.repeatLast()
            } else {
                let value = Int.random(in: 0..<5, using: &chance)
                values.append(value)
                shared.append(value)
            }
        }
        #expect(values.indices.map { shared[$0] } == values)
    }
}
