package import TauroBasics
import TauroData
package import TauroModel

/// Holds tables to their contracts with SQL: one scan for all checks, and a short one for the samples of each that fails.
///
/// Safe from any thread.
package struct ContractChecker: ContractHolder {
    private let sql: any SQLRunner

    /// Creates a checker.
    package init(sql: any SQLRunner) {
        self.sql = sql
    }

    package func hold(
        _ frame: Frame,
        to contracts: [DataContract],
        now: Timestamp,
        cancellation: CancellationToken
    ) throws -> [CheckResult] {
        let scan = ContractScan(
            frame: frame,
            columns: CheckedColumns(try frame.schema()),
            now: now,
            sql: sql,
            cancellation: cancellation
        )
        do {
            return try scan.results(of: contracts)
        } catch let error as SQLError where error.code == .missingEngine {
            throw ResourceError(operation: "start engine", message: error.message)
        }
    }
}

/// One table and the contracts that it is held to.
struct ContractScan {
    let frame: Frame
    let columns: CheckedColumns
    let now: Timestamp
    let sql: any SQLRunner
    let cancellation: CancellationToken

    /// What came of each check: of a contract's declared columns first, then of its checks in their order.
    func results(of contracts: [DataContract]) throws -> [CheckResult] {
        var schemas: [CheckResult?] = []
        var probes: [[CheckProbe]] = []
        for contract in contracts {
            schemas.append(
                try DeclaredSchema(
                    contract: contract,
                    columns: columns,
                    frame: frame,
                    sql: sql,
                    cancellation: cancellation
                ).result()
            )
            probes.append(self.probes(of: contract))
        }
        let answers = try self.answers(to: probes.flatMap(\.self))
        var results: [CheckResult] = []
        var next = 0
        for (schema, probes) in zip(schemas, probes) {
            results += [schema].compactMap(\.self)
            for probe in probes {
                results.append(try result(of: probe, answers.values[next], rows: answers.rows))
                next += 1
            }
        }
        return results
    }

    private func probes(of contract: DataContract) -> [CheckProbe] {
        // A declared column that is not there is told of with the schema.
        let filled = contract.columns.filter { !$0.isNullable && columns[$0.name] != nil }
        let declared = filled.map { DataCheck(.notNull([Located($0.name)]), location: $0.location) }
        return (declared + contract.checks).flatMap { CheckProbe.probes($0, of: contract.dataset, columns) }
    }

    /// A number for each probe that asks for one, found in one scan.
    private func answers(to probes: [CheckProbe]) throws -> (rows: Int64, values: [Answer]) {
        if columns.all.isEmpty {
            return (frame.rowCount ?? 0, probes.map { _ in .refused("the table has no columns") })
        }
        if let numbers = try? numbers(probes.compactMap(\.aggregate)) { return pair(numbers, with: probes) }
        // Something in the query is wrong: each is asked for itself, so that it is known which.
        guard let rows = try numbers([])[0] else { return (0, []) }
        return (rows, try probes.map { probe in try probe.aggregate.map(answer) ?? .none })
    }

    private func pair(_ numbers: [Int64?], with probes: [CheckProbe]) -> (rows: Int64, values: [Answer]) {
        var next = 0
        let values = probes.map { probe -> Answer in
            if probe.aggregate == nil { return .none }
            next += 1
            return .number(numbers[next])
        }
        return (numbers[0] ?? 0, values)
    }

    private func answer(_ aggregate: String) throws -> Answer {
        do {
            return .number(try numbers([aggregate])[1])
        } catch let error as SQLError where error.code == .invalid || error.code == .unsupported {
            return .refused(error.reason)
        }
    }

    /// The number of rows, and the value of each aggregate.
    private func numbers(_ aggregates: [String]) throws -> [Int64?] {
        let list = (["count(*)"] + aggregates).map { "CAST(\($0) AS BIGINT)" }.joined(separator: ", ")
        return try numbers(query: "SELECT \(list) FROM dataset", count: aggregates.count + 1)
    }

    private func numbers(query: String, count: Int) throws -> [Int64?] {
        let statement = SQLStatement(text: query, tables: [("dataset", frame)])
        let answer = try sql.run(statement, cancellation: cancellation)
        guard let batch = try answer.stream().next(), batch.rowCount == 1 else {
            throw SQLError(.failed, "the engine gave no answer to a check")
        }
        return try (0..<count).map { try batch.column(at: $0).values(as: Int64.self).first.flatMap(\.self) }
    }

    /// What the engine said to a probe.
    private enum Answer {
        /// The probe asks nothing of the common scan.
        case none
        case number(Int64?)
        case refused(String)
    }

    private func result(of probe: CheckProbe, _ answer: Answer, rows: Int64) throws -> CheckResult {
        if case .refused(let reason) = answer, probe.isAskedOfRows {
            return probe.failed("it can not be held: \(reason)")
        }
        switch probe.question {
        case .impossible(let reason): return probe.failed("it can not be held: \(reason)")
        case .rowCount(let minimum, let maximum): return probe.rowCount(rows, from: minimum, to: maximum)
        case .newest(_, let lasting, let age):
            guard case .number(let newest) = answer else { return probe.passed(rows) }
            return probe.newest(newest, lasting: lasting, age, now: now, rows: rows)
        case .breaking(_, let samples, let sentence):
            guard case .number(let count?) = answer, count > 0 else { return probe.passed(rows) }
            let found = try self.samples.find(samples, about: probe.columns)
            return probe.failed("\(count) of \(rows) rows \(sentence)", rows: rows, failingRows: count, samples: found)
        case .query(let query): return try result(of: probe, query: query, rows: rows)
        }
    }

    private func result(of probe: CheckProbe, query: String, rows: Int64) throws -> CheckResult {
        do {
            let counted = try numbers(query: "SELECT count(*) FROM (\(query)\n) AS broken", count: 1)
            guard let count = counted[0], count > 0 else { return probe.passed(rows) }
            return probe.failed(
                "the query finds \(count) row\(count == 1 ? "" : "s")",
                rows: rows,
                failingRows: count,
                samples: try samples.find(query: query)
            )
        } catch let error as SQLError where error.code == .invalid || error.code == .unsupported {
            return probe.failed("it can not be held: \(error.reason)")
        }
    }

    private var samples: CheckSamples {
        CheckSamples(frame: frame, columns: columns, sql: sql, cancellation: cancellation)
    }
}

extension SQLError {
    /// The message on one line, without the query, which the author of a check never wrote in full.
    fileprivate var reason: String {
        message.split(separator: "\n").prefix { !$0.hasPrefix("LINE ") }.joined(separator: " ")
    }
}
