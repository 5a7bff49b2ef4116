import TauroModel

extension ConfigValue {
    /// A single value as a text.
    var plainText: String? {
        switch content {
        case .string(let text): text
        case .integer(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): String(flag)
        case .null, .list, .map: nil
        }
    }
}
