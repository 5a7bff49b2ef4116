import Foundation
import Testing

/// A node that writes more than anybody reads.
@Suite struct LoudPluginTests {
    private static let lines = 1_000_000

    private static let source = """
        #include <tauro/tauro.h>
        TAURO_PLUGIN("loud", "1.0.0");
        TAURO_NODE(l_lines, "l.lines", TAURO_RETURNS(nothing), TAURO_I64(count, 0)) {
          for (int64_t i = 0; i < count; i++) tauro_logf(call, TAURO_LOG_INFO, "line %lld", (long long)i);
          return TAURO_OK;
        }
        """

    /// Every line is shown, or counted by a warning; and the run goes on.
    @Test(arguments: ["in_process", "process"])
    func millionLinesAreShownOrCounted(isolation: String) throws {
        let project = try TestProject(
            nodes:
                "loud: {function: l.lines, params: {count: \(Self.lines)}}\nafter: {function: l.lines, dependencies: loud}\n",
            pipeline: ["loud", "after"]
        )
        try project.plugin("loud", Self.source)
        let result = try project.host("run", "p", "--isolation", isolation, "--progress", "none")
        #expect(result.status == 0)
        let told = result.errors.utf8.split(separator: UInt8(ascii: "\n"))
        let shown = told.count { $0.starts(with: "info loud: line ".utf8) }
        let others = told.filter { !$0.starts(with: "info loud: line ".utf8) }.map { String(Substring($0)) }
        let counted = others.compactMap { $0.firstMatch(of: /^warning loud: (\d+) further log lines? w/) }
            .compactMap { Int($0.1) }
        #expect(shown + counted.reduce(0, +) == Self.lines, "\(shown), \(others.prefix(9))")
        #expect(counted.count == others.count && counted.count <= 1, "\(others.prefix(9))")
    }
}
