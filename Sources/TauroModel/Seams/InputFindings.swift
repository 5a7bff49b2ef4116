/// What a look at an input found.
package struct InputFindings: Sendable {
    /// What is wrong with how it is described, or with what is there.
    package let problems: [Diagnostic]
    /// That nothing is there, as an error; whether it is one depends on who makes it, and when.
    package let missing: Diagnostic?

    package init(problems: [Diagnostic] = [], missing: Diagnostic? = nil) {
        self.problems = problems
        self.missing = missing
    }

    /// Everything that stands in the way of reading it now.
    package var all: [Diagnostic] { problems + (missing.map { [$0] } ?? []) }
}
