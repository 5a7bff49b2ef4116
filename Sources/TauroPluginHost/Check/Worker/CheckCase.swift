import TauroModel

/// What one call of a node is given for a check.
struct CheckCase: Sendable {
    /// What is special about it: ends a sentence "…, called with".
    var words: String
    var inputs: [Dataset]
    var parameters: [ParameterValue]
    var dates = DateWindow(start: "2024-01-01", end: "2024-12-31")
    var ml: MLContext?

    /// The same with every frame changed.
    func with(_ words: String, _ change: (Frame) throws -> Frame) rethrows -> CheckCase {
        var other = self
        other.words = words
        other.inputs = try inputs.map { input in
            if case .frame(let frame) = input { .frame(try change(frame)) } else { input }
        }
        return other
    }

    /// The same with one input changed.
    func with(_ words: String, input: Int, _ dataset: Dataset) -> CheckCase {
        var other = self
        other.words = words
        other.inputs[input] = dataset
        return other
    }

    /// The same with one parameter changed.
    func with(_ words: String, parameter: Int, _ value: ParameterValue) -> CheckCase {
        var other = self
        other.words = words
        other.parameters[parameter] = value
        return other
    }
}
