package import TauroBasics

/// Names runs: the time of day, so that they sort, and chance, so that two of one instant differ.
package enum RunIdentifier {
    private static let stampLength = 19

    /// For example `20260131T101112345Z-9f3a1c`.
    ///
    /// A clock that was set back does not make a run older than those that began before it: its time follows on `newest`.
    package static func make(at time: Timestamp, after newest: Timestamp? = nil) -> String {
        let next = newest.map { Timestamp(millisecondsSinceEpoch: $0.millisecondsSinceEpoch + 1) }
        let stamp = max(time, next ?? time).description.filter { !"-:.".contains($0) }
        let digits = String(UInt32.random(in: 0..<(1 << 24)), radix: 16)
        return "\(stamp)-\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }

    /// The time that an id begins with; nil where it begins with none.
    package static func time(of id: String) -> Timestamp? {
        let stamp = Array(id.utf8.prefix(stampLength))
        guard stamp.count == stampLength, stamp[8] == UInt8(ascii: "T"), stamp[18] == UInt8(ascii: "Z") else {
            return nil
        }
        func part(_ range: Range<Int>) -> String { String(decoding: stamp[range], as: UTF8.self) }
        let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        let time = "\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).\(part(15..<18))"
        return Timestamp(parsing: "\(day)T\(time)Z")
    }
}
