import TauroSDK

/// The orders of some customers, whom the node knows and no input does.
@Node("guide.orders_of")
func ordersOf(_ orders: Frame, call: Call, names: String = "Ann,Bob") throws -> Frame {
    let customers = ColumnBuilder<String>()
    customers.append(contentsOf: names.split(separator: ",").map { String($0) })
    let wanted = try Frame(columns: ["customer": customers.finish()])
    return try call.sql(
        "SELECT orders.* FROM orders JOIN wanted USING (customer) WHERE amount > $least ORDER BY customer, amount",
        tables: ["wanted": wanted],
        values: ["least": 0.0]
    )
}
