import TauroSDK

#Plugin("samples", version: "0.1.0", serial: true)

struct SampleFailure: Error, CustomStringConvertible {
    var description: String { "the sample broke" }
}

/// Hands its input on.
@Node("samples.pass", rowwise: true)
func pass(_ rows: Frame) -> Frame { rows }

/// Adds up a column.
@Node("samples.total")
func total(_ rows: Frame, call: Call, start: Int64 = 10, label: String = "sum") throws -> Frame {
    var sum = start
    try rows.forEachBatch { batch in
        for case .some(let number) in try batch.column("n", as: Int64.self) { sum += number }
    }
    call.log("\(label) \(sum)")
    return try Frame(columns: ["total": ArrowColumn([sum])])
}

@Node("samples.count_all")
func countAll(_ first: Frame, rest: [Frame], call: Call) throws {
    call.metric("rows", Double(([first] + rest).reduce(0) { $0 + ($1.rowCount ?? 0) }))
}

@Node("samples.describe")
func describe(_ model: Artifact, ml: MLContext?, upper: Bool = false) throws -> Artifact {
    let text = String(decoding: try model.bytes, as: UTF8.self)
    return Artifact("\(upper ? text.uppercased() : text) \(ml?.int64("depth", default: 1) ?? 0)")
}

@Node("samples.fail")
func fail(_ rows: Frame, call: Call, how: String) throws -> Frame {
    switch how {
    case "transient": throw NodeError.transient("try again")
    case "cancelled":
        try call.checkCancellation()
        return rows
    case "column": return try Frame(columns: ["x": ArrowColumn(rows.values("m", as: Int64.self))])
    case "sql": return try call.sql("SELEC")
    default: throw SampleFailure()
    }
}
