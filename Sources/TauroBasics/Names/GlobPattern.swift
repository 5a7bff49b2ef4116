/// A pattern for names in which `*` stands for any number of any characters; everything else stands for itself.
package struct GlobPattern: Sendable, Hashable {
    /// The pattern as written.
    package let text: String

    package init(_ text: String) { self.text = text }

    /// Whether it can stand for more than one name.
    package var isOpen: Bool { text.utf8.contains(UInt8(ascii: "*")) }

    /// Whether it stands for `name`.
    package func matches(_ name: String) -> Bool {
        if !isOpen { return name == text }
        return Self.matches(Array(text.utf8)[...], Array(name.utf8)[...])
    }

    /// Goes back only to the last star, which is enough: an earlier one could take no more than that one can.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var pattern = pattern
        var name = name
        var afterStar: ArraySlice<UInt8>?
        var retry = name
        while let byte = name.first {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                afterStar = pattern
                retry = name
            } else if pattern.first == byte {
                pattern = pattern.dropFirst()
                name = name.dropFirst()
            } else if let star = afterStar {
                retry = retry.dropFirst()
                name = retry
                pattern = star
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
