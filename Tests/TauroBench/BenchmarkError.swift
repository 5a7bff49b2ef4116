/// Why nothing could be measured.
struct BenchmarkError: Error, CustomStringConvertible {
    let text: String

    var description: String { text }
}
