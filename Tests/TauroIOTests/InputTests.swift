import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

@Suite struct InputTests {
    private func request(_ dataset: DatasetDefinition, engine: FakeEngine = FakeEngine()) throws -> ReadRequest? {
        _ = try InputLoader(engine: engine).load(dataset, as: .frame, dates: DateWindow(start: nil, end: nil))
        return engine.reads.first
    }

    @Test func nullTextIsReadBack() throws {
        let project = try Project()
        let dataset = project.output("csv", options: ["null_text": .string("NA")])
        try project.store(dataset)
        #expect(try request(dataset)?.options["nullstr"] == .string("NA"))
        let both = project.output("csv", options: ["null_text": .string("NA"), "null_values": .string("-")])
        #expect(try request(both)?.options["nullstr"] == .strings(["-"]))
    }

    @Test func optionsOfWritingAloneAreNotRead() throws {
        let project = try Project()
        let dataset = project.output("parquet", options: ["compression": .string("zstd")])
        try project.store(dataset)
        #expect(try request(dataset)?.options.isEmpty == true)
    }

    @Test func csvKeepsItsTypes() throws {
        let project = try Project()
        try project.store(project.output("csv"))
        let request = try request(project.output("csv"))
        #expect(request?.stored?.columns.map(\.name) == ["id", "day", "tags"])
        #expect(request?.stored?.columns.map(\.type) == ["BIGINT", "DATE", "VARCHAR[]"])
        #expect(request?.stored?.areAll == true)
    }

    @Test func csvWithLinesLeftOutIsReadAsItIs() throws {
        let project = try Project()
        let dataset = project.output("csv", options: ["skip": .integer(1)])
        try project.store(dataset)
        #expect(try request(dataset)?.stored == nil)
    }

    @Test(arguments: ["", "[\n]\n"])
    func jsonWithoutRowsKeepsItsColumns(text: String) throws {
        let project = try Project()
        let engine = FakeEngine(text: text)
        try project.store(project.output("json"), engine: engine)
        #expect(try request(project.output("json"), engine: engine) == nil)
        #expect(
            engine.queries == [
                "SELECT CAST(NULL AS BIGINT) AS \"id\", CAST(NULL AS DATE) AS \"day\", "
                    + "CAST(NULL AS VARCHAR[]) AS \"tags\" WHERE false"
            ]
        )
    }

    @Test func jsonKeepsItsTypes() throws {
        let project = try Project()
        let engine = FakeEngine(text: "{\"id\":1}\n")
        try project.store(project.output("json"), engine: engine)
        let request = try request(project.output("json"), engine: engine)
        #expect(request?.stored?.columns.map(\.type) == ["BIGINT", "DATE", "VARCHAR[]"])
        #expect(request?.files == [project["out/t/part-00000-\(Project.runID).json"]])
    }

    @Test(arguments: ["a[1]", "what?", "st*r", "back\\slash", "[x"])
    func projectsMayHoldSignsOfGlobs(name: String) throws {
        let project = try Project(name)
        try project.write("1", to: "data/b.csv")
        try project.write("1", to: "data/a.csv")
        try project.write("1", to: "data/.hidden.csv")
        let both = [project["data/a.csv"], project["data/b.csv"]]
        #expect(try request(project.output("csv", path: "data"))?.files == both)
        #expect(try request(project.output("csv", path: "data/*.csv"))?.files == both)
        #expect(try request(project.output("csv", path: "data/a.csv"))?.files == [both[0]])
    }

    @Test func aFileNamedLikeAGlobIsItself() throws {
        let project = try Project()
        try project.write("1", to: "data/[a].csv")
        try project.write("1", to: "data/a.csv")
        #expect(try request(project.output("csv", path: "data/[a].csv"))?.files == [project["data/[a].csv"]])
        #expect(try request(project.output("csv", path: "data/[ab].csv"))?.files == [project["data/a.csv"]])
    }

    @Test func checkKnowsWhatTheNodeTakes() throws {
        let project = try Project()
        let loader = InputLoader(engine: FakeEngine())
        let dataset = project.output()
        #expect(loader.check(dataset, isStored: true, as: .frame).missing?.notes.count == 1)
        #expect(loader.check(dataset, isStored: true, as: .artifact).missing?.notes.count == 1)
        try project.store(dataset)
        #expect(loader.check(dataset, isStored: true, as: .frames).all.isEmpty)
        let frame = loader.check(dataset, isStored: true, as: .artifact).problems.first
        #expect(frame?.message.contains("a frame is stored") == true && frame?.notes.isEmpty == true)
        let text = Dataset.artifact(Artifact(mediaType: "text/plain", content: .bytes([65])))
        try project.store(dataset, runID: "20260131T101112346Z-000000", result: text)
        #expect(loader.check(dataset, isStored: true, as: .artifact).all.isEmpty)
        let artifact = loader.check(dataset, isStored: true, as: .frame).problems.first
        #expect(artifact?.message.contains("an artifact is stored") == true && artifact?.notes.isEmpty == true)
    }

    private func input(
        _ path: String,
        options: [String: ConfigValue.Content] = [:],
        types: [String] = [],
        dateColumn: String? = nil
    ) throws -> [String] {
        let project = try Project()
        try project.write("Day;n\n2026-01-31;1\n", to: "data/a.csv")
        var dataset = project.output("csv", path: path, options: options)
        dataset.columns = types.map { DatasetDefinition.Column(name: "c", type: $0, location: nil) }
        dataset.dateColumn = dateColumn
        let found = InputLoader(engine: FakeEngine()).check(dataset, isStored: false, as: .frame)
        return found.all.map { String($0.message.split(separator: project.path).joined(separator: "<project>")) }
    }

    @Test func aTypeThatSQLDoesNotHaveIsTold() throws {
        #expect(
            try input("data/a.csv", types: ["INTEGR", "decimal(18, 3)", "struct(a int)[]"])
                == ["Dataset 't': column 'c' has the type 'INTEGR', which SQL does not have"]
        )
    }

    @Test func aDateColumnThatTheFileDoesNotHaveIsTold() throws {
        #expect(
            try input("data/a.csv", dateColumn: "date")
                == ["Dataset 't': 'date_column' is 'date', which is not a column of <project>/data/a.csv"]
        )
        #expect(try input("data/a.csv", dateColumn: "day").isEmpty)
        #expect(try input("data/a.csv", options: ["header": .bool(false)], dateColumn: "column0").isEmpty)
        #expect(try input("data/a.csv", options: ["skip": .integer(1)], dateColumn: "x").isEmpty)
    }

    @Test func aWrongOptionAndAMissingFileAreToldTogether() throws {
        #expect(
            try input("data/b.csv", options: ["delimitr": .string(";")]) == [
                "Dataset 't': format csv has no option 'delimitr'",
                "Dataset 't': file <project>/data/b.csv does not exist",
            ]
        )
    }
}
