/// Writes numbers and texts one after another, in the byte order of this machine: for memory and for processes on it.
package struct ByteWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []

    package init() { bytes.reserveCapacity(512) }

    /// Writes a number as it lies in memory.
    package mutating func write<Number: BitwiseCopyable>(_ number: Number) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }

    /// Writes one byte, 1 or 0.
    package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    /// Writes the number of bytes, and the bytes.
    package mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Writes the number of bytes, and the bytes.
    package mutating func write(bytes content: UnsafeRawBufferPointer) {
        write(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// Writes whether there is a value, and the value.
    package mutating func write<Value>(_ value: Value?, _ body: (inout ByteWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    /// Writes the number of elements, and each.
    package mutating func write<Elements: Collection>(
        _ elements: Elements,
        _ body: (inout ByteWriter, Elements.Element) -> Void
    ) {
        write(UInt32(elements.count))
        for element in elements { body(&self, element) }
    }
}
