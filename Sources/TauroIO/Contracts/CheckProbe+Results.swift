import TauroBasics
import TauroModel

extension CheckProbe {
    /// Whether it needs the table's columns.
    var isAskedOfRows: Bool { if case .rowCount = question { false } else { true } }

    /// That the rows keep the promise.
    func passed(_ rows: Int64) -> CheckResult {
        CheckResult(
            dataset: dataset,
            check: check.rule.word,
            name: check.name,
            columns: columns,
            rows: rows,
            failingRows: 0
        )
    }

    /// That they do not, as the check's severity has it.
    func failed(
        _ message: String,
        rows: Int64? = nil,
        failingRows: Int64? = nil,
        samples: [[CheckResult.SampleValue]] = []
    ) -> CheckResult {
        CheckResult(
            dataset: dataset,
            check: check.rule.word,
            name: check.name,
            columns: columns,
            status: check.severity == .error ? .failed : .warned,
            rows: rows,
            failingRows: failingRows,
            message: message,
            samples: samples
        )
    }

    /// Compares a number of rows with what was promised.
    func rowCount(_ rows: Int64, from minimum: Int64?, to maximum: Int64?) -> CheckResult {
        let found = "there \(rows == 1 ? "is 1 row" : "are \(rows) rows")"
        if let minimum, rows < minimum { return failed("\(found), expected at least \(minimum)", rows: rows) }
        if let maximum, rows > maximum { return failed("\(found), expected at most \(maximum)", rows: rows) }
        return passed(rows)
    }

    /// Compares the newest value, in microseconds since 1970, with the current time.
    func newest(
        _ newest: Int64?,
        lasting: Int64,
        _ age: DataCheck.Age,
        now: Timestamp,
        rows: Int64
    ) -> CheckResult {
        guard let newest else { return failed("there is no value, expected one of the last \(age.text)", rows: rows) }
        let (limit, isBeyond) = (now.millisecondsSinceEpoch * 1000).subtractingReportingOverflow(age.microseconds)
        if isBeyond || newest >= limit - lasting { return passed(rows) }
        let moment = Timestamp(millisecondsSinceEpoch: newest / 1000)
        return failed("the newest value is from \(moment), expected one of the last \(age.text)", rows: rows)
    }
}
