import TauroBasics

/// Where random tests begin, and how long they go on.
package enum TestSeed {
    /// `TAURO_TEST_SEED`, so that a failure can be had again; one that is always the same without it.
    package static let value = ProcessEnvironment.variables()["TAURO_TEST_SEED"].flatMap { UInt64($0) } ?? 20_260_101

    /// Whether `TAURO_TEST_LONG` asks for the long tests.
    package static let isLong = ProcessEnvironment.variables()["TAURO_TEST_LONG"] == "1"

    /// After how many minutes a test that looks for what goes on for ever says that it does: long enough for a slow machine.
    package static let patience = isLong ? 60 : 30
}
