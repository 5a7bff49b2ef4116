import Foundation
import Testing

/// Paths of datasets that leave the project, and `allowed_paths`, which lets them.
@Suite struct PathTests {
    enum Way: String, CaseIterable {
        case climbingInput, linkedInput, linkedOutput, climbingDatabase, climbingDriver, linkedDriver

        var input: String {
            switch self {
            case .climbingInput: "raw: {format: csv, filepath: ../elsewhere/raw.csv}\n"
            case .linkedInput: "raw: {format: csv, filepath: linked/raw.csv}\n"
            case .linkedOutput: "raw: {format: csv, filepath: data/raw.csv}\n"
            case .climbingDatabase: "raw: {format: sqlite, uri: 'file:../elsewhere/raw.db?mode=ro', table: t}\n"
            case .climbingDriver: "raw: {format: adbc, driver: sqlite, uri: ../elsewhere/raw.db, table: t}\n"
            case .linkedDriver: "raw: {format: adbc, driver: sqlite, uri: linked/raw.db, table: t}\n"
            }
        }

        var refusal: String {
            switch self {
            case .climbingInput, .climbingDatabase, .climbingDriver: "leads out of the project by `..`, to "
            case .linkedInput, .linkedOutput, .linkedDriver: "leads out of the project by a symbolic link, to "
            }
        }
    }

    private func project(_ way: Way, settings: String = "") throws -> TestProject {
        let project = try TestProject(
            nodes: "copy: {function: t.pass, input: [raw], output: [copy]}\n",
            pipeline: ["copy"],
            input: way.input,
            settings: settings
        )
        try project.plugin()
        for directory in ["elsewhere", "project/data"] {
            try project.scratch.write("n\n1\n2\n", to: "\(directory)/raw.csv")
        }
        let link = way == .linkedOutput ? "out" : "linked"
        try FileManager.default.createSymbolicLink(
            atPath: "\(project.path)/\(link)",
            withDestinationPath: project.scratch.file("elsewhere")
        )
        if [.climbingDatabase, .climbingDriver, .linkedDriver].contains(way) {
            try makeDatabase(project.scratch.file("elsewhere/raw.db"))
        }
        return project
    }

    private func makeDatabase(_ file: String) throws {
        let program = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as base: base.executescript("CREATE TABLE t(n); INSERT INTO t VALUES (1), (2)")
            """
        #expect(try HostProcess.start("/usr/bin/python3", ["-c", program, file]).status == 0)
    }

    @Test(arguments: Way.allCases) func whatLeavesTheProjectIsRefusedBeforeAnythingRuns(way: Way) throws {
        let project = try project(way)
        let before = try FileManager.default.contentsOfDirectory(atPath: project.scratch.file("elsewhere"))
        for verb in ["validate", "run"] {
            let result = try project.host(verb, "p")
            #expect(result.status == 2, "\(verb): \(result.errors)")
            let text = result.output + result.errors
            #expect(text.contains(way.refusal) && text.contains("`allowed_paths` of global settings"), "\(text)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.scratch.file("elsewhere")) == before)
    }

    @Test(arguments: Way.allCases) func whatIsAllowedIsReadAndStored(way: Way) throws {
        let project = try project(way, settings: "allowed_paths: [../elsewhere]\n")
        let result = try project.host("run", "p")
        #expect(result.status == 0, "\(result.errors)")
        let place = way == .linkedOutput ? project.scratch.file("elsewhere/copy") : project.path + "/out/copy"
        let files = try FileManager.default.contentsOfDirectory(atPath: place)
        #expect(files.filter { $0.hasPrefix("part-") }.count == 1, "\(files)")
    }
}
