import Foundation

/// Runs the real program, as a person would.
struct HostProcess {
    /// What a run of a program left behind.
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The program that this test run built.
    static let executable: String = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appendingPathComponent("tauro-host").path
    }()

    /// A user's directory for data that does not exist, so that plugins of whoever runs the tests are not found.
    static let userData = "/nonexistent/share"

    /// Runs `tauro-host` with arguments and extra environment variables.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        directory: String? = nil
    ) throws -> Result {
        try start(executable, arguments, environment: environment, directory: directory)
    }

    /// Runs `tauro-host` where a file may have so many KiB and no more: what is longer fails as on a full disk, in calls that
    /// need no rights.
    static func run(
        filesUpTo kibibytes: Int,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Result {
        // As it starts, the thread sanitizer writes a longer file itself, and does without where there is no place for it.
        let script = #"trap '' XFSZ; ulimit -f "$1"; shift; TMPDIR=/nonexistent exec "$0" "$@""#
        let words = ["-c", script, executable, "\(kibibytes)"] + arguments
        return try start("/bin/bash", words, environment: environment)
    }

    /// Runs any program to its end.
    static func start(
        _ program: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        directory: String? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_DATA_HOME": userData]) { _, new in new }
            .merging(environment) { _, new in new }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let scratch = try Scratch()
        let output = try scratch.handle("output")
        let errors = try scratch.handle("errors")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try scratch.text("output"),
            errors: try scratch.text("errors")
        )
    }
}

/// A directory of a test's own, removed with it.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tauro-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ text: String, to name: String) throws {
        let target = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: target, atomically: true, encoding: .utf8)
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    func handle(_ name: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: file(name)))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: file(name)))
    }
}

/// Places in the checkout.
enum Checkout {
    /// The package's directory.
    static let root: String = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The demonstration's project.
    static let flights = root + "/Plugins/Flights/project"
}
