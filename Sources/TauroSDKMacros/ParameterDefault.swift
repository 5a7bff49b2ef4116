import SwiftParser
import SwiftSyntax

/// The default of a parameter as the note's grammar writes it.
///
/// - Throws: `NodeProblem` where the expression is no literal, or its value can not cross the boundary.
func noteLiteral(
    _ expression: ExprSyntax,
    of name: String,
    type: NodeArgument.ParameterType
) throws(NodeProblem) -> String {
    let literal: String? =
        switch type {
        case .int64: try integer(expression)
        case .float64: try decimal(expression)
        case .bool: expression.as(BooleanLiteralExprSyntax.self)?.literal.text
        case .string: try string(expression, of: name)
        }
    guard let literal else { throw .defaultNotLiteral(name: name, type: type.swiftName) }
    return literal
}

/// The sign and the digits of a number, without the underscores that may group them.
private struct NumberLiteral {
    var sign = ""
    var digits: String
    let isInteger: Bool

    init?(_ expression: ExprSyntax) {
        if let prefixed = expression.as(PrefixOperatorExprSyntax.self) {
            guard ["-", "+"].contains(prefixed.operator.text), let number = NumberLiteral(prefixed.expression),
                number.sign.isEmpty
            else { return nil }
            self = number
            sign = prefixed.operator.text == "-" ? "-" : ""
        } else if let integer = expression.as(IntegerLiteralExprSyntax.self) {
            digits = integer.literal.text.filter { $0 != "_" }
            isInteger = true
        } else if let float = expression.as(FloatLiteralExprSyntax.self) {
            digits = float.literal.text.filter { $0 != "_" }
            isInteger = false
        } else {
            return nil
        }
    }

    var text: String { sign + digits }

    /// The whole number, nil where it is beyond 64 bits.
    var integer: Int64? {
        let radixes = ["0x": 16, "0o": 8, "0b": 2]
        if let radix = radixes[String(digits.prefix(2))] { return Int64(sign + digits.dropFirst(2), radix: radix) }
        return Int64(text)
    }
}

private func integer(_ expression: ExprSyntax) throws(NodeProblem) -> String? {
    guard let number = NumberLiteral(expression), number.isInteger else { return nil }
    guard let value = number.integer else { throw .defaultOutOfRange(text: number.text, type: "Int64") }
    return String(value)
}

private func decimal(_ expression: ExprSyntax) throws(NodeProblem) -> String? {
    guard let number = NumberLiteral(expression) else { return nil }
    let isDecimal = !["0x", "0o", "0b"].contains(String(number.digits.prefix(2)))
    let value = isDecimal || !number.isInteger ? Double(number.text) : number.integer.map { Double($0) }
    guard let value, value.isFinite else { throw .defaultOutOfRange(text: number.text, type: "Double") }
    return isDecimal ? number.text : value.description
}

private func string(_ expression: ExprSyntax, of name: String) throws(NodeProblem) -> String? {
    guard let text = expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue else { return nil }
    guard !text.unicodeScalars.contains("\0") else { throw .defaultWithNUL(name: name) }
    return quoted(text)
}
