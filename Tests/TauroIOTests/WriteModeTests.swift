import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

@Suite struct WriteModeTests {
    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func ignoreStoresOnlyTheFirstTime(format: String) throws {
        let store = try RealStore(format, mode: .ignore)
        #expect(try store.store("SELECT 1 AS n", run: 1).rows == 1)
        let second = try store.store("SELECT 2 AS other", run: 2)
        #expect(second.rows == 0 && second.files == 0 && second.bytes == 0)
        #expect(try store.rows() == ["{'n': 1}"])
    }

    @Test(arguments: ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"])
    func errorRefusesWhatIsThere(format: String) throws {
        let store = try RealStore(format, mode: .error)
        let manager = DataOutputManager(engine: RealStore.engine, writers: 1, parts: RealStore.parts)
        #expect(manager.check(store.dataset).isEmpty)
        #expect(try store.store("SELECT 1 AS n", run: 1).rows == 1)
        let refusal = "output 't' exists already in \(store.dataset.path.value), and its write_mode is error; "
        let message = store.project.message { try store.store("SELECT 2 AS n", run: 2) }
        #expect(message.contains(refusal), "\(message)")
        let found = manager.check(store.dataset).map(\.message)
        #expect(found.count == 1 && found[0].contains("and its write_mode is error; "), "\(found)")
        #expect(try store.rows() == ["{'n': 1}"])
    }

    @Test func ignoreLeavesAloneWhatAppearsMeanwhile() throws {
        let store = try RealStore("parquet", mode: .ignore)
        let record = try store.store("SELECT 1 AS n") { step in
            if step == .written { try store.project.write("theirs", to: "out/t/theirs") }
        }
        #expect(record.rows == 0)
        #expect(try FileSystem.list(store.project["out/t"]) == ["theirs"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test func ignoreRefusesAFile() throws {
        let store = try RealStore("parquet", mode: .ignore)
        try store.project.write("mine", to: "out/t")
        #expect(store.project.message { try store.store("SELECT 1 AS n") }.contains("is a file"))
    }

    @Test func columnsMayBeHeldFast() throws {
        var store = try RealStore("parquet", mode: .overwrite)
        store.dataset.layout.overwritesSchema = Located(false)
        try store.store("SELECT 1 AS n", run: 1)
        let message = store.project.message { try store.store("SELECT 2 AS m", run: 2) }
        #expect(message.contains("column 'm' is not among those stored; column 'n' is missing"))
        #expect(message.contains("overwrite_schema: true"))
        try store.store("SELECT 3 AS n", run: 3)
        #expect(try store.rows() == ["{'n': 3}"])
        store.dataset.layout.overwritesSchema = nil
        try store.store("SELECT 2 AS m", run: 4)
        #expect(try store.rows() == ["{'m': 2}"])
    }

    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func filesHaveNoMoreRowsThanIsSaid(format: String) throws {
        var store = try RealStore(format, mode: .overwrite)
        store.dataset.layout.maxRowsPerFile = Located(3)
        let record = try store.store("SELECT i AS n FROM range(10) AS t(i)")
        #expect(record.files == 4 && record.rows == 10)
        let files = try store.files()
        #expect(files.count == 4)
        let sums = "SELECT CAST(count(*) AS VARCHAR) || ' ' || CAST(sum(n) AS VARCHAR) AS text FROM t"
        #expect(try store.rows(sums) == ["10 45"])
        #expect(try store.rows("SELECT CAST(n AS VARCHAR) AS text FROM t") == (0..<10).map { "\($0)" })
        store.dataset.layout.maxRowsPerFile = Located(10)
        #expect(try store.store("SELECT i AS n FROM range(10) AS t(i)", run: 2).files == 1)
    }

    private func findings(
        _ format: String = "parquet",
        _ mode: DatasetDefinition.WriteMode = .overwrite,
        options: [String: ConfigValue.Content] = [:],
        _ change: (inout OutputLayout) -> Void
    ) throws -> [String] {
        let project = try Project()
        var dataset = project.output(format, options: options, mode: mode)
        change(&dataset.layout)
        return DataOutputManager(engine: FakeEngine(), writers: 1).check(dataset).map(\.message)
    }

    @Test func layoutsThatContradictThemselvesAreTold() throws {
        #expect(
            try findings { $0.partition = [Located("a"), Located("A"), Located("")] } == [
                "Dataset 't': 'partition' names the column 'A' twice",
                "Dataset 't': 'partition' names a column without a name",
            ]
        )
        #expect(
            try findings("json", options: ["layout": .string("array")]) { $0.partition = [Located("a")] }
                == ["Dataset 't': json with 'partition' is written as lines; leave out 'layout: array'"]
        )
        #expect(
            try findings("csv", .append) { $0.mergesSchema = Located(true) }
                == ["Dataset 't': 'merge_schema' is for parquet and delta, and the format is csv"]
        )
        #expect(
            try findings { $0.mergesSchema = Located(true) }
                == ["Dataset 't': 'merge_schema' has a meaning only with write_mode append, and it is overwrite"]
        )
        #expect(
            try findings("parquet", .append) { $0.overwritesSchema = Located(true) }
                == ["Dataset 't': 'overwrite_schema' has a meaning only with write_mode overwrite, and it is append"]
        )
        #expect(
            try findings { $0.replacePredicate = Located("a > 1") }
                == ["Dataset 't': 'replace_predicate' needs 'overwrite_strategy: replaceWhere'"]
        )
        #expect(
            try findings("csv", .append) { $0.overwriteStrategy = Located("replaceWhere") } == [
                "Dataset 't': 'overwrite_strategy' has a meaning only with write_mode overwrite, and it is append",
                "Dataset 't': 'replaceWhere' is for parquet and delta, and the format is csv",
                "Dataset 't': 'replaceWhere' replaces partitions, so it needs 'partition'",
                "Dataset 't': 'replaceWhere' needs 'replace_predicate', a condition such as day >= '2026-01-01'",
            ]
        )
    }

    @Test func unknownOptionsAreToldWithTheNearestName() throws {
        let project = try Project()
        let dataset = project.output("parquet", options: ["compresion": .string("zstd")])
        let found = DataOutputManager(engine: FakeEngine(), writers: 1).check(dataset)
        #expect(found.map(\.message) == ["Dataset 't': format parquet has no option 'compresion'"])
        #expect(found.first?.notes == ["did you mean 'compression'?"])
    }
}
