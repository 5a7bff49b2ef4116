import Foundation

/// The program as a person sees it: both of its streams are one terminal.
enum Terminal {
    /// Runs `tauro-host` with arguments; the result's output is what the terminal got, line ends as in files.
    static func run(
        _ arguments: [String],
        columns: Int = 80,
        environment: [String: String] = [:],
        directory: String? = nil
    ) throws -> HostProcess.Result {
        let words = ([HostProcess.executable] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let result = try HostProcess.start(
            "/usr/bin/script",
            ["--quiet", "--return", "--command", "stty cols \(columns) && \(words)", "/dev/null"],
            environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 },
            directory: directory
        )
        return HostProcess.Result(
            status: result.status,
            output: result.output.replacingOccurrences(of: "\r\n", with: "\n"),
            errors: result.errors
        )
    }
}
