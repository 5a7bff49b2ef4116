import Foundation

/// Where random tests begin, and how long they go on.
enum TestSeed {
    /// `TAURO_TEST_SEED`, so that a failure can be had again; one that is always the same without it.
    static let value: UInt64 = {
        ProcessInfo.processInfo.environment["TAURO_TEST_SEED"].flatMap { UInt64($0) } ?? 20_260_101
    }()

    /// Whether `TAURO_TEST_LONG` asks for the long tests.
    static let isLong = ProcessInfo.processInfo.environment["TAURO_TEST_LONG"] == "1"
}
