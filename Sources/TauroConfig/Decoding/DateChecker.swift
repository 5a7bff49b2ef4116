import TauroBasics
import TauroModel

/// Checks the days a run is asked for.
struct DateChecker {
    let findings: Findings

    /// Checks the call's dates, and that the run they make with the settings' dates does not end before it starts.
    func check(_ dates: DateWindow, _ settings: GlobalSettings) {
        let start = callDay(dates.start, "--start-date") ?? settings.startDate.flatMap(located)
        let end = callDay(dates.end, "--end-date") ?? settings.endDate.flatMap(located)
        guard let start, let end, end.value < start.value else { return }
        findings.error(
            "The run would end on \(end.value), before it starts on \(start.value).",
            at: end.location,
            notes: ["Both days belong to the run; give an end that is not before the start."]
        )
    }

    private func callDay(_ text: String?, _ option: String) -> Located<Day>? {
        guard let text else { return nil }
        let location = SourceLocation(file: option)
        if let day = Day(text) { return Located(day, at: location) }
        findings.error("Expected a day such as 2026-01-31, found \(ValueDescription.quoted(text)).", at: location)
        return nil
    }

    private func located(_ text: Located<String>) -> Located<Day>? {
        Day(text.value).map { Located($0, at: text.location) }
    }
}
