import TauroSDK

/// Orders that came to at least `atLeast`.
@Node("guide.checked")
func checked(_ orders: Frame, call: Call, atLeast: Double) throws -> Frame {
    guard atLeast >= 0 else { throw NodeError.invalid("atLeast is \(atLeast); it must be 0 or more") }
    guard try orders.schema.fields.contains(where: { $0.name == "amount" }) else {
        throw NodeError.schema("orders has no column 'amount'; it must hold what each order came to")
    }
    return try call.sql("SELECT * FROM orders WHERE amount >= $atLeast")
}
