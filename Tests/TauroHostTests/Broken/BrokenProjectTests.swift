import Foundation
import TauroTesting
import Testing

/// Two hundred projects with one defect each: what is said of them names the defect and its place, and nothing crashes.
///
/// The words are held by one snapshot for each family, `Snapshots/broken-….txt`.
@Suite struct BrokenProjectTests {
    private static let families: [(name: String, projects: [BrokenProject])] = [
        ("syntax", BrokenProject.syntax), ("encoding", BrokenProject.encoding), ("json", BrokenProject.json),
        ("files", BrokenProject.files), ("keys", BrokenProject.keys), ("types", BrokenProject.types),
        ("references", BrokenProject.references), ("names", BrokenProject.names),
        ("datasets", BrokenProject.datasets), ("parameters", BrokenProject.parameters),
    ]

    @Test(.timeLimit(.minutes(TestSeed.patience)), arguments: families.map(\.name)) func defectIsNamed(
        family: String
    ) throws {
        let projects = try #require(BrokenProjectTests.families.first { $0.name == family }).projects
        let scratch = try Scratch()
        let plugin = try BrokenProjectTests.compiledPlugin(scratch)
        var text = ""
        for project in projects {
            let directory = scratch.file(project.name)
            try project.write(to: directory, plugin: plugin)
            let result = try HostProcess.run(
                project.command,
                environment: project.environment,
                directory: directory
            )
            let shown = result.errors.replacingOccurrences(of: directory, with: "<project>")
                .replacingOccurrences(of: scratch.path, with: "<scratch>")
            text += "=== \(project.name)\nexit \(result.status)\n\(shown)\n"
            check(project, result.status, shown)
            if family != "files", project.command == ["validate"] { checkPlace(project, shown) }
            #expect(!(result.output + shown).contains(BrokenProject.secretText), "\(project.name)")
        }
        try Snapshot.check("broken-\(family)", text: text)
    }

    private func check(_ project: BrokenProject, _ status: Int32, _ errors: String) {
        #expect([2, 3, 6].contains(status), "\(project.name): exit \(status)")
        let first = errors.split(separator: "\n").first { $0.contains("error: ") }
        #expect(first != nil, "\(project.name): no error")
        #expect(first?.contains(project.thing) == true, "\(project.name): `\(project.thing)` is not in: \(first ?? "")")
    }

    /// What is in a file is told with line and column.
    private func checkPlace(_ project: BrokenProject, _ errors: String) {
        let place = errors.range(of: #"(?m)^config/\S+:[1-9]\d*:[1-9]\d*: error: "#, options: .regularExpression)
        #expect(place != nil, "\(project.name): no place in \(errors)")
    }

    @Test func thereAreTwoHundredOfDifferentNames() {
        let names = BrokenProjectTests.families.flatMap(\.projects).map(\.name)
        #expect(names.count >= 200)
        #expect(Set(names).count == names.count)
    }

    @Test func projectWithoutDefectIsValid() throws {
        let scratch = try Scratch()
        let plugin = try BrokenProjectTests.compiledPlugin(scratch)
        let utf16 = "\u{FEFF}daily: {nodes: [load, keep, sum]}\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let good = [
            BrokenProject("plain", names: ""),
            BrokenProject("crlf", names: "", .text(crlf(BrokenProject.Files.nodes))),
            BrokenProject("byte-order-mark", names: "", .text("\u{FEFF}" + text(BrokenProject.Files.nodes))),
            BrokenProject("utf-16", names: "", .write(utf16, to: BrokenProject.Files.pipelines)),
        ]
        for project in good {
            try project.write(to: scratch.file(project.name), plugin: plugin)
            let result = try HostProcess.run(["validate"], directory: scratch.file(project.name))
            #expect(result.status == 0 && result.errors.isEmpty, "\(project.name): \(result.errors)")
        }
    }

    private func text(_ file: String) -> String { BrokenProject.good[file] ?? "" }

    private func crlf(_ file: String) -> String { text(file).replacingOccurrences(of: "\n", with: "\r\n") }

    private static func compiledPlugin(_ scratch: Scratch) throws -> String {
        try scratch.write(BrokenProject.plugin, to: "nodes.c")
        let target = scratch.file("nodes.so")
        let result = try HostProcess.start(
            "/usr/bin/cc",
            ["-shared", "-fPIC", "-I", Checkout.root + "/include", scratch.file("nodes.c"), "-o", target]
        )
        guard result.status == 0 else { throw TestProject.CompilationError(text: result.errors) }
        return target
    }
}
