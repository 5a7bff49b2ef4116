import TauroSDK

/// A sample of the orders, as large as the run's hyperparameters say.
@Node("guide.sample")
func sample(_ orders: Frame, call: Call, ml: MLContext?) throws -> Frame {
    let rows = ml?.int64("sample_rows", default: 100) ?? 100
    return try call.sql("SELECT * FROM orders ORDER BY amount LIMIT $rows", values: ["rows": .int64(rows)])
}
