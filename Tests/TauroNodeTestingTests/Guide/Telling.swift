import TauroSDK

/// How many orders there are.
@Node("guide.count")
func countOrders(_ orders: Frame, call: Call) throws {
    let total = orders.rowCount
    var seen = 0
    try orders.forEachBatch { batch in
        try call.checkCancellation()
        seen += batch.rowCount
        call.progress(total.map { Double(seen) / Double($0) }, "\(seen) orders")
    }
    call.metric("orders", Double(seen))
    call.log("counted \(seen) orders", level: .debug)
}
