import TauroSDK

/// The largest order of each customer, without SQL.
@Node("guide.largest_orders")
func largestOrders(_ orders: Frame, call: Call) throws -> Frame {
    var largest: [String: Double] = [:]
    try orders.forEachBatch { batch in
        try call.checkCancellation()
        let customers = try batch.column("customer", as: String.self)
        let amounts = try batch.numbers("amount")
        for row in 0..<batch.rowCount {
            guard let customer = customers[row], let amount = amounts[row] else { continue }
            largest[customer] = max(largest[customer] ?? amount, amount)
        }
    }
    let customers = ColumnBuilder<String>()
    let amounts = ColumnBuilder<Double>()
    for (customer, amount) in largest.sorted(by: { $0.key < $1.key }) {
        customers.append(customer)
        amounts.append(amount)
    }
    return try Frame(columns: ["customer": customers.finish(), "largest": amounts.finish()])
}
