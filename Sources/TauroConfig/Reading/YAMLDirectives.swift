/// Counts directives, the lines that begin with `%`, before libyaml does.
///
/// It holds each `%TAG` of a document against every one before it, which takes minutes for a hundred thousand of them.
enum YAMLDirectives {
    /// How many `%TAG` a file may have; configuration needs none.
    static let maximum = 100

    /// The line, from 1, of the first `%TAG` that is one too many.
    static func firstInExcess(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let name = "%TAG".utf8
        var (line, found) = (1, 0)
        var rest = bytes[...]
        while true {
            if rest.starts(with: name) { found += 1 }
            if found > maximum { return line }
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            rest = rest[(end + 1)...]
            line += 1
        }
    }
}
