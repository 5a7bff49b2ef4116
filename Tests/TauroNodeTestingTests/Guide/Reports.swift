import TauroSDK

/// A report for people, as Markdown.
@Node("guide.report")
func report(_ totals: Frame, call: Call, title: String = "Totals") throws -> Artifact {
    var lines = ["# \(title)", ""]
    for name in try totals.values("customer", as: String.self) { lines.append("- \(name ?? "unknown")") }
    return Artifact(lines.joined(separator: "\n") + "\n", mediaType: "text/markdown")
}

/// How many lines a report has.
@Node("guide.report_length")
func reportLength(_ report: Artifact, call: Call) throws {
    let text = String(decoding: try report.bytes, as: UTF8.self)
    call.metric("lines", Double(text.split(separator: "\n").count))
}
