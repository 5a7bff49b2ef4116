/// Reads what `ByteWriter` wrote, and believes nothing: every length is checked against what is there.
package struct ByteReader {
    /// The bytes do not hold what was expected of them.
    package struct Malformed: Error, Hashable {
        /// What was expected where.
        package let reason: String

        package init(_ reason: String) { self.reason = reason }
    }

    private let bytes: UnsafeRawBufferPointer
    /// How many bytes were read.
    package private(set) var offset = 0

    /// Reads `bytes`, which must stay there meanwhile.
    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// How many bytes are left.
    package var left: Int { bytes.count - offset }

    /// Reads a number.
    package mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type = Number.self
    ) throws(Malformed) -> Number {
        guard left >= MemoryLayout<Number>.size else { throw ended("a number") }
        defer { offset += MemoryLayout<Number>.size }
        return bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
    }

    /// Reads a number with a fraction.
    package mutating func double() throws(Malformed) -> Double { Double(bitPattern: try number(UInt64.self)) }

    /// Reads a flag; any byte but 0 and 1 is malformed.
    package mutating func flag() throws(Malformed) -> Bool {
        switch try number(UInt8.self) {
        case 0: return false
        case 1: return true
        default: throw Malformed("a flag at byte \(offset - 1) is neither 0 nor 1")
        }
    }

    /// Reads a text; bytes that are no UTF-8 are malformed.
    package mutating func text() throws(Malformed) -> String {
        let content = try bytesInPlace()
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Malformed("a text at byte \(offset - content.count) is not valid UTF-8")
        }
        return text
    }

    /// Reads bytes that stay where they are.
    package mutating func bytesInPlace() throws(Malformed) -> UnsafeRawBufferPointer {
        let count = try number(UInt64.self)
        guard count <= UInt64(left) else { throw ended("\(count) bytes") }
        defer { offset += Int(count) }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(count)])
    }

    /// Reads a value if there is one.
    package mutating func optional<Value>(
        _ body: (inout ByteReader) throws(Malformed) -> Value
    ) throws(Malformed) -> Value? {
        try flag() ? try body(&self) : nil
    }

    /// Reads a list.
    package mutating func list<Element>(
        _ body: (inout ByteReader) throws(Malformed) -> Element
    ) throws(Malformed) -> [Element] {
        let count = Int(try number(UInt32.self))
        // Each element has at least one byte, so a count beyond what is left is a lie that must not cost memory.
        guard count <= left else { throw ended("\(count) elements") }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try body(&self)) }
        return elements
    }

    /// Checks that nothing is left.
    package func finish() throws(Malformed) {
        if left != 0 { throw Malformed("\(left) bytes follow the end") }
    }

    private func ended(_ what: String) -> Malformed {
        Malformed("\(what) expected at byte \(offset), but only \(left) bytes are left")
    }
}
