/// Reads a JSON text (RFC 8259, strictly) event by event, so that a caller may build what it likes from it.
///
/// Nothing recurses: a deeply nested text costs memory, never the stack.
package struct JSONReader {
    /// One step of the text.
    package enum Event: Sendable, Hashable {
        case beginObject
        /// A member's name; its value follows.
        case key(String)
        case endObject
        case beginArray
        case endArray
        case string(String)
        case integer(Int64)
        /// A whole number that 64 bits do not hold, as near as a double comes to it.
        case largeInteger(Double)
        case double(Double)
        case bool(Bool)
        case null
        /// The text is over.
        case end
    }

    /// What the grammar allows at the current place.
    private enum Expectation {
        case value
        case valueOrArrayEnd
        case keyOrObjectEnd
        case key
        case commaOrEnd
        case nothing
    }

    private enum Container {
        case object
        case array
    }

    /// Where the last event began: bytes from the start of the text.
    package private(set) var eventOffset = 0
    private var scanner: JSONScanner
    private var expectation = Expectation.value
    private var containers: [Container] = []
    private let maximumDepth: Int

    /// Creates a reader at the text's start.
    package init(_ bytes: [UInt8], maximumDepth: Int = 512) {
        scanner = JSONScanner(bytes)
        self.maximumDepth = maximumDepth
    }

    /// The next event; `.end` once, at the end of the text.
    package mutating func next() throws(JSONError) -> Event {
        while true {
            scanner.skipSpace()
            eventOffset = scanner.offset
            guard let byte = scanner.current else { return try finish() }
            switch expectation {
            case .value: return try value(byte)
            case .valueOrArrayEnd: return byte == UInt8(ascii: "]") ? endContainer(.endArray) : try value(byte)
            case .keyOrObjectEnd: return byte == UInt8(ascii: "}") ? endContainer(.endObject) : try key(byte)
            case .key: return try key(byte)
            case .commaOrEnd: if let event = try afterValue(byte) { return event }
            case .nothing: throw JSONError("found \(scanner.described) after the end of the document", at: eventOffset)
            }
        }
    }

    private func finish() throws(JSONError) -> Event {
        if case .nothing = expectation { return .end }
        throw JSONError("the text ends too early; expected \(expected)", at: eventOffset)
    }

    private var expected: String {
        switch expectation {
        case .value: "a value"
        case .valueOrArrayEnd: "a value or `]`"
        case .keyOrObjectEnd: "a key in double quotes or `}`"
        case .key: "a key in double quotes"
        case .commaOrEnd: containers.last == .object ? "`,` or `}`" : "`,` or `]`"
        case .nothing: "nothing more"
        }
    }

    private mutating func key(_ byte: UInt8) throws(JSONError) -> Event {
        guard byte == UInt8(ascii: "\"") else { throw unexpected() }
        let key = try scanner.string()
        scanner.skipSpace()
        guard scanner.current == UInt8(ascii: ":") else {
            throw JSONError("found \(scanner.described); expected `:` after a key", at: scanner.offset)
        }
        scanner.advance()
        expectation = .value
        return .key(key)
    }

    private mutating func value(_ byte: UInt8) throws(JSONError) -> Event {
        switch byte {
        case UInt8(ascii: "{"): return try begin(.object, .beginObject, then: .keyOrObjectEnd)
        case UInt8(ascii: "["): return try begin(.array, .beginArray, then: .valueOrArrayEnd)
        case UInt8(ascii: "\""): return ended(.string(try scanner.string()))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return ended(try scanner.number())
        default:
            if scanner.take("true") { return ended(.bool(true)) }
            if scanner.take("false") { return ended(.bool(false)) }
            if scanner.take("null") { return ended(.null) }
            throw unexpected()
        }
    }

    /// Takes a comma and gives nil, or ends the container.
    private mutating func afterValue(_ byte: UInt8) throws(JSONError) -> Event? {
        switch (byte, containers.last) {
        case (UInt8(ascii: ","), .object): expectation = .key
        case (UInt8(ascii: ","), .array): expectation = .value
        case (UInt8(ascii: "}"), .object): return endContainer(.endObject)
        case (UInt8(ascii: "]"), .array): return endContainer(.endArray)
        default: throw unexpected()
        }
        scanner.advance()
        return nil
    }

    private mutating func begin(
        _ container: Container,
        _ event: Event,
        then next: Expectation
    ) throws(JSONError)
        -> Event
    {
        if containers.count == maximumDepth {
            throw JSONError("the document nests deeper than \(maximumDepth)", at: eventOffset)
        }
        containers.append(container)
        scanner.advance()
        expectation = next
        return event
    }

    private mutating func endContainer(_ event: Event) -> Event {
        scanner.advance()
        containers.removeLast()
        return ended(event)
    }

    private mutating func ended(_ event: Event) -> Event {
        expectation = containers.isEmpty ? .nothing : .commaOrEnd
        return event
    }

    private func unexpected() -> JSONError {
        JSONError("found \(scanner.described); expected \(expected)", at: scanner.offset)
    }
}
