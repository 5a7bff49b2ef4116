import Foundation
import Testing

/// The program of `Tests/Embedding`, which is outside of this package: it sees only what is public.
@Suite struct EmbeddingExampleTests {
    private let project: TestProject

    init() throws {
        project = try TestProject(
            nodes: """
                numbers: {function: t.count, output: [numbers]}
                slow: {function: e.slow, input: [numbers], dependencies: [numbers], output: [slow], params: {marker: "${TMP_MARKER}"}}
                total: {function: t.total, input: [slow], output: [total]}
                """,
            pipeline: ["numbers", "slow", "total"]
        )
        try project.plugin()
        try project.plugin("slow", EmbeddingExampleTests.slow)
    }

    /// Says so and waits the first time that it is called, until it is told to stop.
    private static let slow = """
        #include <fcntl.h>
        #include <unistd.h>
        #include <tauro/tauro.h>
        TAURO_PLUGIN("slow", "1.0.0");
        TAURO_NODE(e_slow, "e.slow", TAURO_FRAME(rows), TAURO_STR(marker, TAURO_REQUIRED)) {
          int made = open(marker, O_CREAT | O_EXCL | O_WRONLY, 0644);
          if (made < 0) return tauro_emit_frame(out, rows);
          close(made);
          tauro_log(call, TAURO_LOG_INFO, "waiting");
          while (!tauro_cancelled(call)) usleep(1000);
          return tauro_fail(call, TAURO_E_CANCELLED, "told to stop");
        }
        """

    private func run(_ program: String) throws {
        let result = try HostProcess.start(
            program,
            [project.path, "p", "slow"],
            environment: ["TMP_MARKER": project.scratch.file("was-called")]
        )
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map { String($0) }
        #expect(lines.contains("p: 3 nodes") && lines.contains("p: cancelled") && lines.contains("p: completed"))
        let ends = lines.filter { $0.hasPrefix("  ") }
        #expect(ends[0] == "  numbers: completed, 3 rows")
        #expect(ends[1] == "  slow: cancelled, 0 rows, the run was told to stop")
        // Whether it hears of the word or of the end of the other first is chance.
        #expect(ends[2].hasPrefix("  total: cancelled, 0 rows, not run because "))
        #expect(ends[3].hasPrefix("  numbers: completed, 3 rows, restored from "), "\(result.output)")
        #expect(ends[4...] == ["  slow: completed, 3 rows", "  total: completed, 1 rows", "  slow: completed, 3 rows"])
    }

    /// A sample of the long test: compiled against the modules of this build, which takes seconds.
    ///
    /// What is sanitized can not be linked so.
    @Test(.enabled(if: HostProcess.executable.contains("/.build/"), "the build is sanitized"))
    func exampleRuns() throws {
        let build = URL(fileURLWithPath: HostProcess.executable).deletingLastPathComponent().path
        // In the build directory, from where it finds the engine.
        let program = "\(build)/embedding-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: program) }
        let objects = EmbeddingExampleTests.rooms.flatMap { room in
            let sources = FileManager.default.enumerator(atPath: "\(Checkout.root)/Sources/\(room)")
            let names = (sources?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
            return names.map { "\(build)/\(room).build/\(($0 as NSString).lastPathComponent).o" }
        }
        let logging = try FileManager.default.contentsOfDirectory(atPath: build + "/Logging.build")
            .filter { $0.hasSuffix(".o") }.map { "\(build)/Logging.build/\($0)" }
        let modules = ["CYAML", "CFFI", "CDuckDB", "CADBC", "CKafka"].map { "\(Checkout.root)/Sources/\($0)" }
        let compiled = try HostProcess.start(
            "/usr/bin/env",
            ["swiftc", "-swift-version", "6", "-I", build + "/Modules", "-I", Checkout.root + "/include"]
                + modules.flatMap { ["-I", $0] }
                + ["-o", program, Checkout.root + "/Tests/Embedding/Sources/embedding/main.swift"]
                + objects + logging + ["-lyaml", "-lffi"]
        )
        try #require(compiled.status == 0, "\(compiled.errors)")
        try run(program)
    }

    /// The rooms that the library is made of, besides swift-log.
    private static let rooms = [
        "TauroBasics", "TauroConfig", "TauroData", "TauroEngine", "TauroExecution", "TauroIO", "TauroModel",
        "TauroPluginHost", "TauroRuntime", "TauroState",
    ]

    @Test(.enabled(if: NewPluginTests.long, "compiles the rooms once more: TAURO_TEST_LONG=1"))
    func examplePackageBuildsAndRuns() throws {
        let scratch = Checkout.root + "/.build-embedding"
        let built = try HostProcess.start(
            "/usr/bin/env",
            [
                "swift", "build", "--quiet", "--package-path", Checkout.root + "/Tests/Embedding", "--scratch-path",
                scratch,
            ]
        )
        try #require(built.status == 0, "\(built.output)\(built.errors)")
        try run(scratch + "/debug/embedding")
    }
}
