import Glibc
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

@Suite struct OutputTests {
    @Test(arguments: ["flights.csv", ".DS_Store", "_SUCCESS", "part-00000-c000.parquet", "part-1-20260131T1Z-a.csv"])
    func foreignFilesAreNeverReplaced(name: String) throws {
        let project = try Project()
        try project.write("precious", to: "out/t/\(name)")
        let message = project.message { try project.store(project.output()) }
        #expect(
            message.contains("file '\(name)'") && message.contains("lost") && message.contains("move the file away")
        )
        #expect(try FileSystem.readText(project["out/t/\(name)"]) == "precious")
        #expect(try FileSystem.list(project["out"]) == ["t"])
    }

    @Test(arguments: ["csv", "json", "parquet"])
    func whatWasStoredIsReplaced(format: String) throws {
        let project = try Project()
        try project.store(project.output(format))
        let artifact = Dataset.artifact(Artifact(mediaType: "text/plain", content: .bytes([65])))
        try project.store(project.output(), runID: "20260131T101112345Z-000000", result: artifact)
        try project.store(project.output(format), runID: "20260131T101112346Z-000000")
        let names = try FileSystem.list(project["out/t"]).filter { !$0.hasPrefix(".") }
        #expect(names == ["part-00000-20260131T101112346Z-000000.\(format)"])
        #expect(try FileSystem.list(project["out"]) == ["t"])
    }

    @Test(arguments: ["../../esc", "a/b", String(repeating: "n", count: 250)])
    func nodeNamesAreNoPaths(node: String) throws {
        let project = try Project()
        try project.store(project.output(), node: node)
        #expect(try FileSystem.list(project["out/t"]) == [".commits", "part-00000-\(Project.runID).parquet"])
        #expect(try FileSystem.list(project.path) == ["out"])
    }

    @Test func orderOfNamesIsOrderOfParts() {
        let names = (0..<12).map { OutputFileName.part($0, runID: Project.runID, format: .parquet) }
        #expect(names == names.sorted())
        #expect(names.allSatisfy { OutputFileName.isOurs($0) })
        #expect(OutputFileName.isOurs(OutputFileName.part(123_456, runID: Project.runID, format: .csv)))
    }

    @Test func aLinkIsWrittenThrough() throws {
        let project = try Project()
        try FileSystem.makeDirectories(project["elsewhere/real"])
        try FileSystem.makeDirectories(project["out"])
        #expect(symlink(project["elsewhere/real"], project["out/t"]) == 0)
        try project.store(project.output())
        #expect(try FileSystem.kindWithoutFollowing(project["out/t"]) == .symbolicLink)
        #expect(try FileSystem.list(project["elsewhere/real"]) == [".commits", "part-00000-\(Project.runID).parquet"])
        #expect(try FileSystem.list(project["elsewhere"]) == ["real"])
    }

    @Test func aLinkToNothingIsToldOf() throws {
        let project = try Project()
        try FileSystem.makeDirectories(project["out"])
        #expect(symlink(project["gone"], project["out/t"]) == 0)
        #expect(project.message { try project.store(project.output()) }.contains("link to something that does not"))
        #expect(try FileSystem.list(project["out"]) == ["t"])
    }

    @Test func checkTellsBeforeAnythingRuns() throws {
        let project = try Project()
        let manager = DataOutputManager(engine: FakeEngine(), writers: 1)
        #expect(manager.check(project.output(mode: .error)).isEmpty)
        try project.store(project.output())
        #expect(manager.check(project.output()).isEmpty)
        #expect(manager.check(project.output(mode: .error)).first?.message.contains("write_mode is error") == true)
        try project.write("x", to: "out/t/mine.csv")
        #expect(manager.check(project.output()).first?.message.contains("'mine.csv'") == true)
        let file = manager.check(project.output(path: "out/t/mine.csv"))
        #expect(file.first?.message.contains("is a file") == true && file.first?.kind == .configuration)
    }

    @Test func errorsPrintTheirMessage() {
        #expect("\(DatasetError(.notFound, "nothing there"))" == "nothing there")
    }
}
