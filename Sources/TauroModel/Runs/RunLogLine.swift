package import TauroBasics

/// One line of a run's structured log: one JSON object a line, with every key present.
package struct RunLogLine: Sendable, Hashable {
    /// When it was written.
    package let at: Timestamp
    package let level: LogLevel
    /// The run's id; nil where it is said before there is one.
    package let run: String?
    /// The node that it is about; nil where it is about the run.
    package let node: String?
    /// The node's attempt, 1 for the first; nil where it is about no attempt.
    package let attempt: Int?
    /// What was said, as it was said: it may hold line ends and control characters.
    package let text: String

    package init(at: Timestamp, level: LogLevel, run: String?, node: String? = nil, attempt: Int? = nil, text: String) {
        self.at = at
        self.level = level
        self.run = run
        self.node = node
        self.attempt = attempt
        self.text = text
    }

    /// The line as a JSON object with the keys `time`, `level`, `run`, `node`, `attempt` and `message`.
    package var document: JSONValue {
        [
            "time": .string(at.description),
            "level": .string(level.name),
            "run": run.map { .string($0) } ?? .null,
            "node": node.map { .string($0) } ?? .null,
            "attempt": attempt.map { .integer(Int64($0)) } ?? .null,
            "message": .string(text),
        ]
    }

    /// Reads one line of a log, without its line end.
    ///
    /// Keys that are not known are passed over.
    ///
    /// - Throws: `JSONError` where it is no JSON object, or a key is missing or holds something else.
    package init(parsing line: String) throws(JSONError) {
        let document = try JSONValue(parsing: line)
        guard case .string(let time)? = document["time"], let at = Timestamp(parsing: time) else {
            throw JSONError("a line of a log needs a 'time' such as 2026-01-31T10:00:00.000Z", at: 0)
        }
        guard case .string(let name)? = document["level"], let level = LogLevel(name: name) else {
            throw JSONError("a line of a log needs a 'level': debug, info, warning or error", at: 0)
        }
        guard case .string(let run)? = document["run"], case .string(let text)? = document["message"] else {
            throw JSONError("a line of a log needs a 'run' and a 'message', both texts", at: 0)
        }
        self.init(
            at: at,
            level: level,
            run: run,
            node: try Self.node(document["node"]),
            attempt: try Self.attempt(document["attempt"]),
            text: text
        )
    }

    private static func node(_ value: JSONValue?) throws(JSONError) -> String? {
        switch value {
        case .string(let node)?: node
        case .null?, nil: nil
        default: throw JSONError("the 'node' of a line of a log must be a text or null", at: 0)
        }
    }

    private static func attempt(_ value: JSONValue?) throws(JSONError) -> Int? {
        switch value {
        case .integer(let number)? where number > 0: Int(number)
        case .null?, nil: nil
        default: throw JSONError("the 'attempt' of a line of a log must be a whole number from 1 on, or null", at: 0)
        }
    }
}
