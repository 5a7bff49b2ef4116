import Foundation
import TauroConfig
import TauroIO
import TauroModel
import TauroRuntime

/// A project on disk with nodes in C, and what a program that embeds the engine makes of it.
final class RunningProject {
    /// The package's directory.
    static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    let path: String

    /// Three nodes, one after another; the second says "waiting" the first time that it is called, and waits until it is told to stop.
    init() throws {
        path = NSTemporaryDirectory() + "tauro-test-" + UUID().uuidString
        try write("output_path: out", to: "config/global_settings.yaml")
        try write(
            "p: {nodes: [numbers, slow, total]}\nq: {nodes: [numbers]}\nw: {nodes: [odd]}",
            to: "config/pipelines.yaml"
        )
        try write(
            """
            numbers: {function: t.numbers, output: [numbers]}
            slow: {function: t.slow, input: [numbers], dependencies: [numbers], output: [slow], params: {marker: "\(path)/was-called"}}
            odd: {function: t.numbers, output: [odd], hyperparams: {depth: 3}}
            total: {function: t.total, input: [slow], output: [total]}
            """,
            to: "config/nodes.yaml"
        )
        try write(RunningProject.nodes, to: "nodes.c")
        try FileManager.default.createDirectory(atPath: path + "/plugins", withIntermediateDirectories: true)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
        compiler.arguments = [
            "-shared", "-fPIC", "-I", RunningProject.checkout + "/include", path + "/nodes.c", "-o",
            path + "/plugins/nodes.so",
        ]
        try compiler.run()
        compiler.waitUntilExit()
        if compiler.terminationStatus != 0 { throw CocoaError(.executableLoad) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What an embedder has.
    func executor() throws -> BaseExecutor {
        let context = try Context.load(project: .directory(path))
        return try BaseExecutor(
            context: context,
            inputLoader: InputLoader(context: context),
            outputManager: DataOutputManager(context: context)
        )
    }

    /// Lets the slow node come to its end at once.
    func hurry() throws { try write("", to: "was-called") }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

    private func write(_ text: String, to name: String) throws {
        let target = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: target, atomically: true, encoding: .utf8)
    }

    private static let nodes = """
        #include <fcntl.h>
        #include <unistd.h>
        #include <tauro/tauro.h>
        TAURO_PLUGIN("nodes", "1.0.0");
        TAURO_NODE(t_numbers, "t.numbers") {
          tauro_frame *rows = NULL;
          int32_t status = tauro_sql(call, "SELECT i AS n FROM range(4) AS t(i)", &rows);
          return status != TAURO_OK ? status : tauro_emit_frame(out, rows);
        }
        TAURO_NODE(t_slow, "t.slow", TAURO_FRAME(rows), TAURO_STR(marker, TAURO_REQUIRED)) {
          int made = open(marker, O_CREAT | O_EXCL | O_WRONLY, 0644);
          if (made >= 0) {
            close(made);
            tauro_log(call, TAURO_LOG_INFO, "waiting");
            while (!tauro_cancelled(call)) usleep(1000);
            return tauro_fail(call, TAURO_E_CANCELLED, "told to stop");
          }
          tauro_log(call, TAURO_LOG_INFO, "passed on");
          return tauro_emit_frame(out, rows);
        }
        TAURO_NODE(t_total, "t.total", TAURO_FRAME(rows)) {
          tauro_frame *total = NULL;
          int32_t status = tauro_sql(call, "SELECT sum(n) AS total FROM rows", &total);
          return status != TAURO_OK ? status : tauro_emit_frame(out, total);
        }
        """
}
