import Glibc
import TauroBasics

/// Programs that the shell would find, and what they say of themselves.
struct ProgramSearch {
    /// How long a program may take to tell its version.
    private static let longest = Duration.seconds(5)

    private let environment: [String: String]

    init(_ environment: [String: String]) { self.environment = environment }

    /// The absolute path of the first of these programs that is on `PATH`.
    func find(_ names: [String]) -> String? {
        let directories = (environment["PATH"] ?? "").split(separator: ":").filter { FilePath.isAbsolute(String($0)) }
        let paths = names.flatMap { name in directories.map { FilePath.join(String($0), name) } }
        return paths.first { access($0, X_OK) == 0 && (try? FileSystem.kind(of: $0)) == .file }
    }

    /// The first line of what a program prints when it is asked for its version; nil where it prints none in time, or fails.
    func version(of program: String) throws(SystemError) -> String? {
        let pipe = try ReadingPipe()
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { throw SystemError(operation: "open", path: "/dev/null", code: errno) }
        defer { close(nothing) }
        pipe.letWritersWait()
        let process = try ChildProcess(
            starting: ChildProcess.Request(
                program: program,
                arguments: ["--version"],
                environment: environment,
                descriptors: [nothing, pipe.writing, nothing]
            )
        )
        pipe.closeWriting()
        let output = Self.readAll(pipe)
        process.killGroup()
        let ending = process.wait()
        // A program that closed its output may be killed before it could end by itself.
        if case .exited(let code) = ending.cause, code != 0 { return nil }
        let line = String(decoding: output, as: UTF8.self).prefix { !$0.isNewline }
        return line.isEmpty ? nil : String(line)
    }

    private static func readAll(_ pipe: ReadingPipe) -> [UInt8] {
        let clock = SystemMonotonicClock()
        let end = clock.elapsedTime() + longest
        var output: [UInt8] = []
        while clock.elapsedTime() < end && output.count < 1 << 16 {
            var descriptor = pollfd(fd: pipe.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&descriptor, 1, 100)
            guard let bytes = pipe.read() else { break }
            output += bytes
        }
        return output
    }
}
