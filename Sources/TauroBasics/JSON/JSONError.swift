/// Why a text is no JSON.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// What was found and what was expected, a clause without a full stop.
    package let message: String
    /// Where: bytes from the start of the text.
    package let offset: Int

    package init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    package var description: String { "\(message) at byte \(offset)" }
}
