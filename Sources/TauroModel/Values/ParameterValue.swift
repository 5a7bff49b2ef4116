/// A typed value that crosses the C ABI: a node's parameter, or a value bound in SQL.
public enum ParameterValue: Sendable, Hashable {
    case int64(Int64)
    case float64(Double)
    case bool(Bool)
    case string(String)
}

/// The type of a node's parameter.
///
/// Raw values are the words of the plugin note.
public enum ParameterType: String, Sendable, Hashable, CaseIterable {
    case int64 = "i64"
    case float64 = "f64"
    case bool = "bool"
    case string = "str"
}
