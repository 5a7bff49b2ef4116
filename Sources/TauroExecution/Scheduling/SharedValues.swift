/// A value for each place of a plan, of which most are the same: equal ones are kept once, and nothing for each place while all
/// are equal.
struct SharedValues<Value: Hashable & Sendable>: Sendable {
    private var values: [Value] = []
    /// Which of the values each place has; empty while all have the first.
    private var numbers: [Int32] = []
    private var known: [Value: Int32] = [:]
    private var last: Int32 = 0
    private(set) var count = 0
    private let capacity: Int

    /// Creates an empty list that is to have values for `capacity` places.
    init(capacity: Int) { self.capacity = capacity }

    /// The values in order.
    init(_ values: some Collection<Value>) {
        self.init(capacity: values.count)
        for value in values { append(value) }
    }

    /// The value of a place.
    subscript(place: Int) -> Value { values[numbers.isEmpty ? 0 : Int(numbers[place])] }

    /// Gives the next place the value that the place before it has; there has to be one.
    mutating func repeatLast() {
        count += 1
        if !numbers.isEmpty { numbers.append(last) }
    }

    /// Gives the next place a value.
    mutating func append(_ value: Value) {
        // Comparing with the place before is cheaper than looking up, and mostly enough.
        if count > 0 && values[Int(last)] == value { return repeatLast() }
        last = number(of: value)
        if last > 0 && numbers.isEmpty {
            numbers.reserveCapacity(capacity)
            numbers.append(contentsOf: repeatElement(0, count: count))
        }
        repeatLast()
    }

    private mutating func number(of value: Value) -> Int32 {
        if let number = known[value] { return number }
        let number = Int32(values.count)
        values.append(value)
        known[value] = number
        return number
    }
}
