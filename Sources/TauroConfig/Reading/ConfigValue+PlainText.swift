package import TauroModel

extension ConfigValue {
    /// Reads a text that stands in no file as if it stood in one without quotes: a number, true or false, else text.
    package init(plainText text: String, at location: SourceLocation) {
        switch CoreSchema.resolve(text) {
        case .value(.null), .tooLarge: self.init(.string(text), at: location)
        case .value(let content): self.init(content, at: location)
        }
    }
}
