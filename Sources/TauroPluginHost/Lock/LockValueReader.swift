import TauroBasics

/// Why a text is no lock, and where.
struct LockProblem: Error {
    /// What was found and what was expected, a clause.
    let message: String
    /// Bytes from the start of the text.
    let offset: Int
}

/// Reads the values that a lock is made of, each of the type that is expected there.
struct LockValueReader {
    private var reader: JSONReader

    init(_ bytes: [UInt8]) { reader = JSONReader(bytes) }

    /// A problem at the last thing that was read.
    func here(_ message: String) -> LockProblem { LockProblem(message: message, offset: reader.eventOffset) }

    mutating func expect(_ event: JSONReader.Event, _ what: String) throws(LockProblem) {
        guard try next() == event else { throw here("expected \(what)") }
    }

    /// The next key of a map; nil at its end.
    mutating func nextKey() throws(LockProblem) -> String? {
        if case .key(let key) = try next() { key } else { nil }
    }

    /// Whether a list goes on, with an item that begins so; false at its end.
    mutating func hasItem(_ event: JSONReader.Event, _ what: String) throws(LockProblem) -> Bool {
        let found = try next()
        if found == .endArray { return false }
        guard found == event else { throw here("expected \(what)") }
        return true
    }

    mutating func text(_ key: String) throws(LockProblem) -> String {
        guard case .string(let text) = try next() else { throw here("`\(key)`: expected text") }
        return text
    }

    mutating func number(_ key: String) throws(LockProblem) -> Int64 {
        guard case .integer(let number) = try next(), number >= 0 else {
            throw here("`\(key)`: expected a whole number from 0 up")
        }
        return number
    }

    mutating func texts(_ key: String) throws(LockProblem) -> [String] {
        try expect(.beginArray, "`\(key)` to be a list of texts")
        var texts: [String] = []
        while true {
            switch try next() {
            case .string(let text): texts.append(text)
            case .endArray: return texts
            default: throw here("`\(key)`: expected a list of texts")
            }
        }
    }

    mutating func digest(_ key: String) throws(LockProblem) -> String {
        let text = try text(key)
        guard text.utf8.count == 64, text.utf8.allSatisfy({ $0.isHexadecimalDigit }), text == text.lowercased() else {
            throw here("`\(key)`: expected 64 hexadecimal digits in lower case")
        }
        return text
    }

    private mutating func next() throws(LockProblem) -> JSONReader.Event {
        do throws(JSONError) {
            return try reader.next()
        } catch {
            throw LockProblem(message: error.message, offset: error.offset)
        }
    }
}
