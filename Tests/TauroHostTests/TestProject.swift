import Foundation
import Testing

/// A small project on disk with C nodes compiled for it, and nothing but the header.
final class TestProject {
    let scratch: Scratch
    var path: String { scratch.file("project") }

    /// Writes a project with one pipeline `p`; `nodes` is the YAML of `nodes.yaml`.
    init(nodes: String, pipeline: [String], input: String = "", output: String = "", settings: String = "") throws {
        scratch = try Scratch()
        try scratch.write("output_path: out\n" + settings, to: "project/config/global_settings.yaml")
        try scratch.write(
            "p:\n  nodes: [\(pipeline.joined(separator: ", "))]\n",
            to: "project/config/pipelines.yaml"
        )
        try scratch.write(nodes, to: "project/config/nodes.yaml")
        try scratch.write(input, to: "project/config/input.yaml")
        try scratch.write(output, to: "project/config/output.yaml")
        try FileManager.default.createDirectory(atPath: path + "/plugins", withIntermediateDirectories: true)
    }

    /// A copy of a project as it is, with all its files.
    init(copying original: TestProject) throws {
        scratch = try Scratch()
        let result = try HostProcess.start("/bin/cp", ["-a", original.path, path])
        try #require(result.status == 0, "\(result.errors)")
    }

    /// Compiles a C file into the project's plugins with the command of the documentation.
    func plugin(_ name: String = "nodes", _ source: String = TestProject.nodes, flags: [String] = []) throws {
        try scratch.write(source, to: "\(name).c")
        let result = try HostProcess.start(
            "/usr/bin/cc",
            [
                "-shared", "-fPIC", "-I", Checkout.root + "/include", scratch.file("\(name).c"), "-o",
                path + "/plugins/\(name).so",
            ] + flags
        )
        guard result.status == 0 else { throw CompilationError(text: result.errors) }
    }

    /// Runs `tauro-host` on the project.
    func host(_ arguments: String..., environment: [String: String] = [:]) throws -> HostProcess.Result {
        try HostProcess.run(arguments + ["--project", path], environment: environment)
    }

    struct CompilationError: Error {
        let text: String
    }

    /// Nodes that most tests need.
    static let nodes = """
        #include <tauro/tauro.h>
        TAURO_PLUGIN("nodes", "1.0.0");
        TAURO_NODE(t_quiet, "t.quiet", TAURO_RETURNS(nothing)) { return TAURO_OK; }
        TAURO_NODE(t_count, "t.count", TAURO_I64(upto, 3)) {
          tauro_frame *rows = NULL;
          int32_t status = tauro_sql(call, "SELECT i AS n FROM range($upto) AS t(i)", &rows);
          return status != TAURO_OK ? status : tauro_emit_frame(out, rows);
        }
        TAURO_NODE(t_pass, "t.pass", TAURO_FRAME(rows)) { return tauro_emit_frame(out, rows); }
        TAURO_NODE(t_total, "t.total", TAURO_FRAME(rows), TAURO_F64(scale, 1.0), TAURO_BOOL(strict, true), TAURO_STR(label, "all")) {
          tauro_frame *total = NULL;
          int32_t status = tauro_sql(call, "SELECT sum(n) AS total FROM rows", &total);
          return status != TAURO_OK ? status : tauro_emit_frame(out, total);
        }
        TAURO_NODE(t_fail, "t.fail") { return tauro_fail(call, TAURO_E_SCHEMA, "column '%s' is missing", "dep_delay"); }
        """
}
