import Glibc
import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroIO

/// Links that lead out of the project.
@Suite struct PathGuardTests {
    private let outside: Project
    private let project: Project

    init() throws {
        outside = try Project("outside")
        project = try Project()
        try outside.write("n\n1\n", to: "raw.csv")
    }

    private func bounded(
        _ dataset: DatasetDefinition,
        allowed: [String] = [],
        outputs: String? = nil
    ) -> DatasetDefinition {
        var dataset = dataset
        dataset.bounds = PathBounds(project: project.path, allowed: allowed, outputs: outputs)
        return dataset
    }

    private func link(_ target: String, _ name: String) throws {
        try FileSystem.makeDirectories(FilePath.parent(project[name]))
        #expect(symlink(target, project[name]) == 0)
    }

    private func problems(_ dataset: DatasetDefinition) -> [String] {
        InputLoader(engine: FakeEngine()).check(dataset, isStored: false, as: .frame).all.map(\.message)
    }

    @Test func anInputThatIsALinkOutIsRefused() throws {
        try link(outside["raw.csv"], "data/raw.csv")
        let dataset = bounded(project.output("csv", path: "data/raw.csv"))
        let message = "\(project["data/raw.csv"]) leads out of the project by a symbolic link, to \(outside["raw.csv"])"
        #expect(problems(dataset).first?.contains(message) == true)
        #expect(problems(dataset).first?.contains("`allowed_paths`") == true)
        #expect(problems(bounded(dataset, allowed: [outside.path])).isEmpty)
    }

    @Test func aFileThatAPatternFindsIsRefusedIfItIsALinkOut() throws {
        try project.write("n\n1\n", to: "data/a.csv")
        try link(outside["raw.csv"], "data/b.csv")
        #expect(
            problems(bounded(project.output("csv", path: "data/*.csv"))).first?.contains("data/b.csv leads out") == true
        )
        #expect(problems(bounded(project.output("csv", path: "data"))).first?.contains("data/b.csv leads out") == true)
    }

    @Test func aTableThatIsALinkOutIsRefused() throws {
        try link(outside.path, "data/table")
        #expect(problems(bounded(project.output("delta", path: "data/table"))).first?.contains("leads out of") == true)
    }

    @Test(arguments: ["", "file:"], [true, false])
    func aDatabaseThatIsALinkOutIsRefused(scheme: String, isThere: Bool) throws {
        let base = isThere ? "raw.csv" : "new.db"
        try link(outside[base], "data/a b.db")
        let uri = "\(scheme)\(project["data"])/\(scheme.isEmpty ? "a b.db" : "a%20b.db?mode=rwc")"
        let dataset = project.output("sqlite", options: ["uri": .string(uri), "table": .string("t")])
        let found = DataOutputManager(engine: FakeEngine(), writers: 1).check(bounded(dataset)).map(\.message)
        let message = "\(project["data/a b.db"]) leads out of the project by a symbolic link, to \(outside[base])"
        #expect(found.first?.contains(message) == true, "\(found)")
    }

    @Test func aLinkInsideTheProjectIsFollowed() throws {
        try project.write("n\n1\n", to: "elsewhere/raw.csv")
        try link(project["elsewhere"], "data")
        #expect(problems(bounded(project.output("csv", path: "data/raw.csv"))).isEmpty)
    }

    @Test func aPathThatIsWrittenPlainlyMayBeAnywhere() throws {
        var dataset = bounded(project.output("csv"))
        dataset.path = Located(outside["raw.csv"])
        #expect(problems(dataset).isEmpty)
    }

    @Test(arguments: ["out", "out/t"]) func anOutputBehindALinkOutIsRefused(place: String) throws {
        try link(outside.path, place)
        let dataset = bounded(project.output("csv"))
        let manager = DataOutputManager(engine: FakeEngine(), writers: 1)
        #expect(manager.check(dataset).first?.message.contains("leads out of the project by a symbolic link") == true)
        #expect(project.message { try project.store(dataset) }.contains("leads out of the project"))
        #expect(try FileSystem.list(outside.path) == ["raw.csv"])
    }

    @Test func aDirectoryOfOutputsElsewhereIsABoundToo() throws {
        let lake = try Project("lake")
        try FileSystem.makeDirectories(lake["gold"])
        #expect(symlink(outside.path, lake["gold/t"]) == 0)
        var dataset = bounded(project.output("csv"), outputs: lake.path)
        dataset.path = Located(lake["gold/t"])
        #expect(project.message { try project.store(dataset) }.contains("leads out of the project"))
        dataset.path = Located(lake["gold/u"])
        try project.store(dataset)
        #expect(try FileSystem.list(lake["gold"]) == ["t", "u"])
    }

    @Test func aLinkThatAppearsWhileRowsAreWrittenIsNotFollowed() throws {
        let dataset = bounded(project.output("csv"))
        let (out, away, outside) = (project["out"], project["away"], outside.path)
        let engine = FakeEngine(whileWriting: {
            try FileSystem.rename(out, to: away)
            _ = symlink(outside, out)
        })
        #expect(project.message { try project.store(dataset, engine: engine) } != "")
        #expect(try FileSystem.list(outside) == ["raw.csv"])
    }
}
