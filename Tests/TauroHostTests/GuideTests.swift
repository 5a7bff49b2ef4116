import Foundation
import Testing

/// The authors' guide is true: what its pages show in C and C++ is taken by the host, and its first node runs.
@Suite struct GuideTests {
    private static let directory = Checkout.root + "/Sources/TauroSDK/TauroSDK.docc"

    /// The fenced blocks of a language on a page, with the header where a block includes nothing.
    private func blocks(_ language: String, page: String) throws -> [String] {
        let text = try String(contentsOfFile: "\(GuideTests.directory)/\(page)", encoding: .utf8)
        return text.components(separatedBy: "\n```\(language)\n").dropFirst().map { rest in
            let block = rest.components(separatedBy: "\n```")[0] + "\n"
            return block.contains("#include") ? block : "#include <tauro/tauro.h>\n" + block
        }
    }

    private func compile(_ source: String, as file: String, in scratch: Scratch, _ arguments: [String]) throws {
        try scratch.write(source, to: file)
        let result = try HostProcess.start(
            file.hasSuffix(".cpp") ? "/usr/bin/c++" : "/usr/bin/cc",
            arguments + ["-I", Checkout.root + "/include", scratch.file(file)]
        )
        #expect(result.status == 0, "\(result.errors)\n\(source)")
    }

    @Test func everyNodeInCAndInCppIsTaken() throws {
        let scratch = try Scratch()
        let plugins = scratch.file("project/plugins")
        try FileManager.default.createDirectory(atPath: plugins, withIntermediateDirectories: true)
        var nodes: [String] = []
        for page in try FileManager.default.contentsOfDirectory(atPath: GuideTests.directory).sorted() {
            for (language, suffix) in [("c", "c"), ("cpp", "cpp")] {
                for block in try blocks(language, page: page) where block.contains("TAURO_NODE") {
                    nodes += block.matches(of: /TAURO_NODE\(\w+, "([a-z_.]+)"/).map { String($0.1) }
                    let library = "\(plugins)/n\(nodes.count).so"
                    try compile(
                        block,
                        as: "n\(nodes.count).\(suffix)",
                        in: scratch,
                        ["-shared", "-fPIC", "-o", library]
                    )
                }
            }
        }
        #expect(nodes.count >= 12)
        let listed = try HostProcess.run(["plugins", "list", "--project", scratch.file("project")])
        #expect(listed.status == 0)
        #expect(!listed.errors.contains("not taken"), "\(listed.errors)")
        for node in nodes { #expect(listed.output.contains("\(node) "), "\(node)") }
    }

    @Test func programsInCSucceed() throws {
        let scratch = try Scratch()
        for block in try blocks("c", page: "TestingANode.md") where block.contains("int main(") {
            try compile(block, as: "program.c", in: scratch, ["-o", scratch.file("program")])
            #expect(try HostProcess.start(scratch.file("program"), []).status == 0)
        }
    }

    @Test func firstNodeInCRuns() throws {
        let project = try TestProject(
            nodes: "late: {function: shop.late, input: [orders], output: gold.late, params: {days: 5}}\n",
            pipeline: ["late"],
            input: "orders: {format: csv, path: data/orders.csv}\n"
        )
        let orders = "customer,amount,ordered,arrived\nAnn,3,2025-01-01,2025-01-05\nBob,4,2025-01-01,2025-01-09\n"
        try project.scratch.write(orders, to: "project/data/orders.csv")
        try project.plugin("late", try #require(try blocks("c", page: "FirstNodeInC.md").first))
        #expect(try project.host("run", "p", "--progress", "none").status == 0)
        let preview = try project.host("datasets", "preview", "gold.late")
        #expect(preview.output.contains("Bob"), "\(preview.errors)")
        #expect(!preview.output.contains("Ann"))
    }
}
