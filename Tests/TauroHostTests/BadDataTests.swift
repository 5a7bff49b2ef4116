import Foundation
import Testing

/// Data that can not be read: one error that names dataset, file and place, and what an output held stays as it is.
@Suite struct BadDataTests {
    /// Beyond the rows that types are found out from.
    private static let far = 30_000
    private static let rows = 40_000

    private static let nodes = "pass: {function: t.pass, input: [raw], output: [gold.rows]}\n"

    /// A project whose output holds the rows of a sound input in the same format.
    private func project(_ format: String, _ content: Data, output: String = "parquet") throws -> TestProject {
        let project = try TestProject(
            nodes: Self.nodes,
            pipeline: ["pass"],
            input: "raw: {format: \(format), path: data/raw.\(format)}\n",
            output: "gold.rows: {format: \(output)}\n"
        )
        try project.plugin()
        try write(content, project, format)
        let result = try project.host("run", "p")
        try #require(result.status == 0, "\(result.errors)")
        return project
    }

    private func write(_ content: Data, _ project: TestProject, _ format: String) throws {
        try project.scratch.write("", to: "project/data/raw.\(format)")
        try content.write(to: URL(fileURLWithPath: project.path + "/data/raw.\(format)"))
    }

    /// Files below the output and their contents.
    private func stored(_ project: TestProject) throws -> [String: Data] {
        let folder = project.path + "/out/gold/rows"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data()) }
        )
    }

    private func text(_ format: String, _ rows: Int = rows) -> String {
        if format == "csv" { return "n,t\n" + (1...rows).map { "\($0),text \($0)\n" }.joined() }
        return (1...rows).map { #"{"n": \#($0), "t": "text \#($0)"}"# + "\n" }.joined()
    }

    /// Runs with broken data; one error says all of `parts`, and the output is as it was.
    private func expectRefusal(
        _ project: TestProject,
        _ format: String,
        _ content: Data,
        _ parts: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try stored(project)
        try write(content, project, format)
        let result = try project.host("run", "p", "--format", "json")
        #expect(result.status == 4, "\(result.errors)", sourceLocation: sourceLocation)
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let errors = (document?["errors"] as? [[String: Any]] ?? []).map { $0["message"] as? String ?? "" }
        #expect(errors.count == 1, "\(errors)", sourceLocation: sourceLocation)
        let message = errors.first ?? ""
        for part in ["ataset 'raw'", "\(project.path)/data/raw.\(format)"] + parts {
            #expect(message.contains(part), "\(part) in: \(message)", sourceLocation: sourceLocation)
        }
        #expect(try stored(project) == before, sourceLocation: sourceLocation)
    }

    @Test(arguments: ["\(far)", "\(far),x,y"])
    func csvWithAWrongNumberOfFields(row: String) throws {
        let project = try project("csv", Data(text("csv").utf8))
        let broken = text("csv").replacingOccurrences(of: "\n\(Self.far),text \(Self.far)\n", with: "\n\(row)\n")
        try expectRefusal(
            project,
            "csv",
            Data(broken.utf8),
            [".csv:\(Self.far + 1): ", "Expected Number of Columns: 2"]
        )
    }

    @Test func csvThatChangesType() throws {
        let project = try project("csv", Data(text("csv").utf8))
        let broken = text("csv").replacingOccurrences(of: "\n\(Self.far),", with: "\n1.5,")
        try expectRefusal(project, "csv", Data(broken.utf8), ["row \(Self.far)", "'1.5' in column 'n' is no BIGINT"])
    }

    @Test(arguments: ["csv", "json"])
    func textThatIsNoUTF8(format: String) throws {
        let project = try project(format, Data(text(format).utf8))
        var broken = Data(text(format).replacingOccurrences(of: "text \(Self.far)", with: "text ~").utf8)
        broken[try #require(broken.firstIndex(of: UInt8(ascii: "~")))] = 0xE9
        try expectRefusal(project, format, broken, format == "csv" ? [":\(Self.far + 1): ", "unicode"] : ["UTF"])
    }

    @Test(arguments: ["1.5", "true", #""many""#, "[1]"])
    func jsonThatChangesType(value: String) throws {
        let project = try project("json", Data(text("json").utf8))
        let broken = text("json").replacingOccurrences(of: #"{"n": \#(Self.far),"#, with: #"{"n": \#(value),"#)
        try expectRefusal(project, "json", Data(broken.utf8), ["\(Self.far)"])
    }

    @Test func jsonThatIsNone() throws {
        let project = try project("json", Data(text("json").utf8))
        let broken = text("json").replacingOccurrences(of: #"{"n": \#(Self.far),"#, with: #"{"n": ,"#)
        // DuckDB counts this line one too far.
        try expectRefusal(project, "json", Data(broken.utf8), ["Malformed JSON", "line 3000"])
    }

    @Test(arguments: ["parquet", "orc", "arrow"])
    func aFileThatWasCut(format: String) throws {
        let sound = try file(format)
        let project = try project(format, sound)
        try expectRefusal(project, format, Data(sound.prefix(sound.count * 2 / 3)), [])
    }

    /// The postscript at the end of the file says the compression.
    @Test func orcOfUnknownCompression() throws {
        var broken = try file("orc")
        let project = try project("orc", broken)
        let end = broken.count - 1
        let postscript = (end - Int(broken[end]))..<end
        let place = try #require(postscript.first { broken[$0] == 0x10 })
        broken[place + 1] = 9
        try expectRefusal(project, "orc", broken, ["ompress"])
    }

    /// A file of a format as the host writes it.
    private func file(_ format: String) throws -> Data {
        let project = try project("csv", Data(text("csv").utf8), output: format)
        let files = try stored(project).filter { $0.key.hasSuffix("." + format) }
        return try #require(files.first).value
    }

    @Test(arguments: ["parquet", "csv", "json", "orc", "arrow", "delta"])
    func aDiskThatIsFull(format: String) throws {
        let project = try project("csv", Data(text("csv", 10).utf8), output: format)
        let before = try stored(project)
        let rows = (1...100_000).map { "\($0),\(UInt64($0) &* 0x9E37_79B9_7F4A_7C15)\n" }.joined()
        try write(Data(("n,t\n" + rows).utf8), project, "csv")
        let arguments = ["run", "p", "--project", project.path, "--format", "json", "--progress", "none"]
        let result = try HostProcess.run(filesUpTo: 256, arguments)
        #expect(result.status == 4 || result.status == 5, "\(result.errors)")
        #expect(result.output.contains("gold.rows") && result.output.contains("File too large"), "\(result.output)")
        #expect(try stored(project) == before)
    }
}
