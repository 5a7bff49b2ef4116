extension String {
    /// Whether the text has a `${`.
    ///
    /// Asked for every text of every file, so it looks at bytes, not characters.
    var hasReferences: Bool {
        var isAfterDollar = false
        for byte in utf8 {
            if isAfterDollar, byte == UInt8(ascii: "{") { return true }
            isAfterDollar = byte == UInt8(ascii: "$")
        }
        return false
    }
}
