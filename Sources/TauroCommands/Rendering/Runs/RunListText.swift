import TauroModel

/// The runs of a project as a table for people.
struct RunListText {
    let style: Style
    /// Columns that a line may have.
    let width: Int

    /// The runs in the order given.
    func lines(_ runs: [RunHistory]) -> [String] {
        if runs.isEmpty { return ["no runs"] }
        var table = TextTable([
            ("run", .left), ("pipeline", .left), ("status", .left), ("started", .left), ("time", .right),
            ("nodes", .right),
        ])
        for run in runs {
            let figures = RunFigures(run)
            table.add([
                PrintableText.line(run.record.id), PrintableText.line(run.record.pipeline), run.status.rawValue,
                figures.times.whole.map { RunWords.moment($0.start) } ?? "-", Quantities.seconds(figures.times.seconds),
                "\(figures.completedCount)/\(run.nodes.count)",
            ])
        }
        return table.fitted(to: width, cutting: [1], least: 8).lines(style)
    }
}
