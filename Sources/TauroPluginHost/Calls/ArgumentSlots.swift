/// The arguments of one call, one slot of eight bytes each, in the order of the function.
struct ArgumentSlots {
    private var slots: [UInt64] = []

    /// The number of arguments so far.
    var count: Int { slots.count }

    mutating func append(_ pointer: UnsafeRawPointer?) { slots.append(UInt64(UInt(bitPattern: pointer))) }

    mutating func append(_ number: Int64) { slots.append(UInt64(bitPattern: number)) }

    mutating func append(_ number: Double) { slots.append(number.bitPattern) }

    /// A C `bool` is one byte, the slot's first, whatever the byte order.
    mutating func append(_ flag: Bool) {
        var slot: UInt64 = 0
        withUnsafeMutableBytes(of: &slot) { $0[0] = flag ? 1 : 0 }
        slots.append(slot)
    }

    /// Calls `body` with an array of pointers to the slots, as libffi wants them.
    func withPointers<Result>(_ body: (UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> Result) -> Result {
        var slots = slots
        return slots.withUnsafeMutableBufferPointer { slots in
            withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: slots.count) { pointers in
                for index in slots.indices {
                    pointers.initializeElement(
                        at: index,
                        to: slots.baseAddress.map { UnsafeMutableRawPointer($0 + index) }
                    )
                }
                return body(pointers.baseAddress)
            }
        }
    }
}
