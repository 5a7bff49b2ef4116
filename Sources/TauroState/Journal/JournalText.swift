import TauroBasics

/// Gathers the JSON of a journal's lines in one buffer that is used again and again.
///
/// No document is built: a line is written in a fraction of a microsecond. Belongs to one thread.
struct JournalText {
    private(set) var bytes: [UInt8] = []
    private var start = 0

    init() { bytes.reserveCapacity(16 << 10) }

    /// Forgets all lines and keeps the room.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Begins a line up to the name of its event.
    mutating func begin(_ event: StaticString, _ sequence: Int, at moment: Timestamp) {
        start = bytes.count
        raw(#"{"sum":"0000000000000000","seq":"#)
        add(Int64(sequence))
        raw(#","at":"#)
        add(moment)
        raw(#","event":""#)
        raw(event)
        raw("\"")
    }

    /// Ends the line and puts its sum in.
    mutating func end() {
        raw("}")
        let sum = bytes.withUnsafeBytes {
            XXH64.hash(UnsafeRawBufferPointer(rebasing: $0[(start + JournalLine.restOffset)...]))
        }
        for place in 0..<JournalLine.digits {
            bytes[start + JournalLine.digitsOffset + place] = JournalLine.digit(sum, place)
        }
        bytes.append(JournalLine.end)
    }

    /// Adds JSON as it is.
    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func add(_ number: Int64) { bytes.append(contentsOf: String(number).utf8) }

    /// Adds a number; one that is not finite as a word in quotes, as JSON has none.
    mutating func add(_ number: Double) {
        if number.isFinite {
            bytes.append(contentsOf: number.description.utf8)
        } else {
            add(number.isNaN ? "nan" : number.description)
        }
    }

    /// Adds a string in quotes.
    mutating func add(_ string: String) {
        var string = string
        bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { text in
            var rest = text[...]
            while let escape = rest.firstIndex(where: JournalText.needsEscape) {
                bytes.append(contentsOf: rest[..<escape])
                add(escapeOf: text[escape])
                rest = rest[(escape + 1)...]
            }
            bytes.append(contentsOf: rest)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds sixteen hexadecimal digits in quotes: no reader of JSON may round them.
    mutating func add(digest: UInt64) {
        bytes.append(UInt8(ascii: "\""))
        for place in 0..<JournalLine.digits { bytes.append(JournalLine.digit(digest, place)) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds a moment as `Timestamp` describes it, in quotes.
    mutating func add(_ moment: Timestamp) {
        let total = moment.millisecondsSinceEpoch
        guard total >= 0, let day = Day(daysSinceEpoch: Int(total / 86_400_000)) else { return add(moment.description) }
        let rest = Int(total % 86_400_000)
        bytes.append(UInt8(ascii: "\""))
        add(day.year, 1000, then: "-")
        add(day.month, 10, then: "-")
        add(day.day, 10, then: "T")
        add(rest / 3_600_000, 10, then: ":")
        add(rest / 60_000 % 60, 10, then: ":")
        add(rest / 1000 % 60, 10, then: ".")
        add(rest % 1000, 100, then: "Z\"")
    }

    /// Adds a list, or an object's members, with commas between the elements.
    mutating func add<Element>(_ elements: some Sequence<Element>, _ body: (inout JournalText, Element) -> Void) {
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            body(&self, element)
        }
    }

    /// Adds digits, the first of which counts `weight`.
    private mutating func add(_ number: Int, _ weight: Int, then text: StaticString) {
        var weight = weight
        while weight > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / weight % 10))
            weight /= 10
        }
        raw(text)
    }

    private mutating func add(escapeOf byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw(#"\""#)
        case UInt8(ascii: "\\"): raw(#"\\"#)
        case UInt8(ascii: "\n"): raw(#"\n"#)
        default:
            raw(#"\u00"#)
            bytes.append(JournalLine.digit(byte >> 4))
            bytes.append(JournalLine.digit(byte & 15))
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
