/// A value that a query names with `$`: bound, never pasted into the text.
///
///     try call.sql("SELECT * FROM flights WHERE carrier = $carrier", values: ["carrier": "AA"])
public enum SQLValue: Sendable, Hashable {
    case null
    case int64(Int64)
    case float64(Double)
    case bool(Bool)
    case string(String)
}

extension SQLValue: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByStringLiteral
{
    /// NULL.
    public init(nilLiteral: ()) { self = .null }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .int64(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .float64(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
}
