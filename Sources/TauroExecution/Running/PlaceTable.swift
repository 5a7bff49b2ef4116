/// What is known of a few places of a plan: found as fast as in an array, and nothing but a number for the other places.
struct PlaceTable<Value: Sendable>: Sendable {
    /// Where the value of each place is; below 0 where it has none.
    private var slots: [Int32]
    private var values: [Value?] = []
    private var free: [Int32] = []

    init(count: Int) { slots = [Int32](repeating: -1, count: count) }

    subscript(place: Int) -> Value? {
        get { slots[place] < 0 ? nil : values[Int(slots[place])] }
        set {
            if let newValue { set(newValue, at: place) } else { _ = take(place) }
        }
    }

    /// Changes the value of a place, where it has one.
    mutating func change(_ place: Int, _ body: (inout Value) -> Void) {
        guard slots[place] >= 0, var value = values[Int(slots[place])] else { return }
        // Out of its place meanwhile, so that what it holds is not copied.
        values[Int(slots[place])] = nil
        body(&value)
        values[Int(slots[place])] = value
    }

    private mutating func set(_ value: Value, at place: Int) {
        if slots[place] >= 0 {
            values[Int(slots[place])] = value
        } else if let slot = free.popLast() {
            slots[place] = slot
            values[Int(slot)] = value
        } else {
            slots[place] = Int32(values.count)
            values.append(value)
        }
    }

    /// Removes the value of a place and gives it; nil where it has none.
    mutating func take(_ place: Int) -> Value? {
        guard slots[place] >= 0 else { return nil }
        let value = values[Int(slots[place])].take()
        free.append(slots[place])
        slots[place] = -1
        return value
    }
}
