/// Values that a program writes down itself, for example hyperparameters: `["learning_rate": 0.1, "depth": 6]`.
extension ConfigValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral
{
    /// Creates true or false.
    public init(booleanLiteral flag: Bool) { self.init(.bool(flag), at: .program) }

    /// Creates a whole number.
    public init(integerLiteral number: Int64) { self.init(.integer(number), at: .program) }

    /// Creates a number.
    public init(floatLiteral number: Double) { self.init(.double(number), at: .program) }

    /// Creates a text.
    public init(stringLiteral text: String) { self.init(.string(text), at: .program) }
}

extension SourceLocation {
    /// Where values are that no file says.
    fileprivate static let program = SourceLocation(file: "the program")
}
