import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// The log of a Delta table as values: actions, what they make of a table, and what stands against a commit.
@Suite struct DeltaLogTests {
    private func action(_ text: String) throws -> DeltaAction {
        try #require(DeltaAction(try JSONValue(parsing: text)))
    }

    private func file(_ path: String) throws -> DeltaFile {
        try #require(DeltaFile(["path": .string(path), "partitionValues": ["k": nil], "size": 3, "dataChange": true]))
    }

    private let metadata = DeltaMetadata(
        id: "i",
        columns: [DeltaColumn(name: "n", type: "long"), DeltaColumn(name: "k", type: "string")],
        partition: ["k"],
        at: 5
    )

    @Test(arguments: [
        #"{"commitInfo":{"operation":"WRITE","x":1}}"#,
        #"{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["a"],"writerFeatures":["a","b"]}}"#,
        #"{"add":{"path":"k=1/a%2520b","partitionValues":{"k":null},"size":3,"modificationTime":1,"dataChange":true,"tags":{"t":"v"},"unknown":[1]}}"#,
        #"{"remove":{"path":"p","deletionTimestamp":1,"dataChange":true}}"#,
        #"{"txn":{"appId":"a","version":3,"lastUpdated":7}}"#,
        #"{"domainMetadata":{"domain":"d","configuration":"","removed":false}}"#,
    ])
    func actionsAreWrittenAsTheyWereRead(line: String) throws {
        #expect(try action(line).json.text() == line)
    }

    @Test(arguments: [
        #"{"add":{"size":3}}"#, #"{"txn":{"appId":"a"}}"#, "{}", "[1]", #"{"metaData":{"schemaString":"x"}}"#,
    ])
    func whatIsNoActionIsTold(line: String) throws {
        #expect(DeltaAction(try JSONValue(parsing: line)) == nil)
    }

    @Test func theStateIsWhatTheActionsLeave() throws {
        var state = DeltaState()
        #expect(!state.isThere)
        let (a, b) = (try file("a"), try file("b"))
        state.apply([.versions(.plain), .metadata(metadata), .add(a), .add(b)], version: 0)
        state.apply(
            [.remove(a.removal(at: 9)), .transaction(DeltaTransaction(application: "x", version: 1, updated: nil))],
            version: 1
        )
        #expect(state.version == 1 && state.sortedFiles == [b] && state.metadata == metadata)
        #expect(state.removed.values.map(\.removed) == [9])
        #expect(state.transactions.keys.sorted() == ["x"])
        // A checkpoint says the same, but for what was taken away long ago.
        var again = DeltaState()
        again.apply(DeltaCheckpoint.actions(of: state, at: 10), version: 1)
        #expect(again.sortedFiles == state.sortedFiles && again.removed == state.removed)
        #expect(again.transactions == state.transactions && again.metadata == state.metadata)
        again.apply(DeltaCheckpoint.actions(of: state, at: 30 * 86_400_000), version: 1)
        #expect(DeltaCheckpoint.actions(of: state, at: 30 * 86_400_000).count == 4)
    }

    @Test func whoeverOnlyAddsRowsMindsNoRows() throws {
        let info = DeltaAction.commitInfo(["operation": "WRITE", "operationParameters": ["mode": "Append"]])
        let added = [(version: Int64(4), actions: [info, .add(try file("a"))])]
        #expect(DeltaConflict.first(for: .adding, among: added) == nil)
        let conflict = DeltaConflict.first(for: .replacing, among: added)
        #expect(conflict == DeltaConflict(version: 4, operation: "WRITE Append", change: "changed the table's rows"))
        let removed = [(version: Int64(4), actions: [DeltaAction.remove(try file("a"))])]
        #expect(DeltaConflict.first(for: .adding, among: removed) == nil)
        #expect(DeltaConflict.first(for: .replacing, among: removed)?.operation == "unnamed operation")
        let idle = [
            (
                version: Int64(4),
                actions: [info, .transaction(DeltaTransaction(application: "x", version: 1, updated: 1))]
            )
        ]
        #expect(DeltaConflict.first(for: .replacing, among: idle) == nil)
    }

    @Test(arguments: [DeltaConflict.Kind.adding, .replacing]) func columnsAndProtocolsAreMindedByAll(
        kind: DeltaConflict.Kind
    ) {
        let others: [(version: Int64, actions: [DeltaAction])] = [
            (3, []), (4, [.metadata(metadata)]), (5, [.versions(.plain)]),
        ]
        #expect(DeltaConflict.first(for: kind, among: others)?.version == 4)
        #expect(DeltaConflict.first(for: kind, among: [others[2]])?.change == "changed the table's protocol")
    }

    @Test func tablesThatAskForMoreAreKnown() {
        func obstacle(_ reader: Int64, _ writer: Int64, _ features: [String]? = nil) -> String? {
            DeltaVersions(reader: reader, writer: writer, readerFeatures: nil, writerFeatures: features).obstacle(
                metadata
            )
        }
        #expect(obstacle(1, 2) == nil && obstacle(2, 6) == nil)
        #expect(obstacle(1, 7, ["appendOnly", "checkConstraints", "timestampNtz"]) == nil)
        #expect(obstacle(1, 7, ["rowTracking", "appendOnly"]) == "has the feature rowTracking")
        #expect(obstacle(4, 7) == "needs reader version 4 and writer version 7 of the protocol")
        let rules = ["delta.invariants", "delta.generationExpression", "CURRENT_DEFAULT", "delta.identity.start"]
        for rule in rules {
            let column = DeltaColumn(name: "n", type: "long", metadata: .object([.init(rule, "x")]))
            let ruled = metadata.with(columns: [column], partition: [])
            #expect(DeltaVersions.plain.obstacle(ruled)?.hasSuffix("of column 'n'") == true)
        }
        guard
            let constrained = DeltaMetadata(
                .object(metadata.json.members + [.init("name", "x")]).setting("delta.constraints.positive", "n > 0")
            )
        else { return #expect(Bool(false)) }
        #expect(DeltaVersions.plain.obstacle(constrained) == "uses the CHECK constraint 'positive'")
    }

    @Test func zonelessTimestampsNameAllThatWasImplied() {
        let plain = DeltaVersions.plain.allowingZonelessTimestamps
        #expect(plain.reader == 3 && plain.writer == 7)
        #expect(plain.readerFeatures == ["timestampNtz"])
        #expect(plain.writerFeatures == ["appendOnly", "invariants", "timestampNtz"])
        #expect(plain.allowingZonelessTimestamps == plain)
        let old = DeltaVersions(reader: 2, writer: 5).allowingZonelessTimestamps
        #expect(old.readerFeatures == ["columnMapping", "timestampNtz"])
        #expect(old.writerFeatures?.contains("generatedColumns") == true)
    }

    @Test(
        arguments: [
            ("2024-01-01", "DATE", "2024-01-01"),
            ("2024-01-01 10:00:00.5+00", "TIMESTAMPTZ", "2024-01-01T10:00:00.500000Z"),
            ("2024-01-01 10:00:00", "TIMESTAMP", "2024-01-01 10:00:00"), ("infinity", "DATE", nil),
            ("0044-03-15 (BC)", "DATE", nil), ("20240-01-01", "DATE", nil), ("-infinity", "TIMESTAMP", nil),
            ("a+00b", "VARCHAR", "a+00b"),
        ] as [(String, String, String?)]
    )
    func valuesOfPartitionsAreWrittenAsTheProtocolSays(text: String, type: String, expected: String?) {
        #expect(DeltaDataFiles.partitionText(text, of: type) == expected)
    }

    @Test func emptyTextOfAPartitionIsNoValue() throws {
        let json: JSONValue = ["path": "p", "partitionValues": ["k": "", "d": "x", "n": .null]]
        let none: String? = nil
        let expected: [String: String?] = ["k": none, "d": "x", "n": none]
        #expect(try #require(DeltaFile(json)).partitionValues == expected)
    }

    @Test func marksOfRunsLongAgoAreNotKept() {
        var state = DeltaState()
        let day: Int64 = 86_400_000
        let marks = [("tauro/r1/n", 9), ("tauro/r2/n", 95), ("other", 1)].map { name, days in
            DeltaAction.transaction(DeltaTransaction(application: name, version: 1, updated: days * day))
        }
        state.apply([.versions(.plain), .metadata(metadata)] + marks, version: 0)
        var again = DeltaState()
        again.apply(DeltaCheckpoint.actions(of: state, at: 100 * day), version: 0)
        #expect(again.transactions.keys.sorted() == ["other", "tauro/r2/n"])
    }

    @Test func statisticsThatAreAStructureAreReadAsText() {
        let plain = Schema([Field("add", .structure([Field("path", .utf8), Field("stats", .utf8)]))])
        #expect(DeltaCheckpoint.value("add", in: plain) == "\"add\"")
        let parsed = Field("stats_parsed", .structure([Field("numRecords", .int64)]))
        let other = Schema([Field("add", .structure([Field("path", .utf8), parsed]))])
        let text = DeltaCheckpoint.value("add", in: other)
        #expect(text.contains("json_valid(CAST(to_json(add.stats_parsed) AS VARCHAR))"), "\(text)")
        #expect(!text.contains("\"stats_parsed\" :="))
    }

    @Test func pathsArePercentEncoded() {
        #expect(DeltaFile.encoded("k=a%20b/é ü#?.parquet") == "k=a%2520b/%C3%A9%20%C3%BC%23%3F.parquet")
    }

    @Test func statisticsSayOnlyWhatEveryReaderOrdersAlike() throws {
        func summary(_ least: String?, _ greatest: String?, nan: Bool = false) -> WrittenFile.Summary {
            WrittenFile.Summary(least: least, greatest: greatest, nullCount: 1, hasNaN: nan)
        }
        let long = String(repeating: "z", count: 300)
        let file = WrittenFile(
            path: "/p",
            rows: 3,
            bytes: 9,
            columns: [
                "n": summary("-9223372036854775808", "7"), "x": summary("0.5", "1.5", nan: true),
                "s": summary("a", long),
                "d": summary("2024-01-01", "2024-02-01"), "t": summary("2024-01-01 00:00:00", "2024-01-01 00:00:01"),
                "y": summary("-1.25", "3.0"), "none": summary(nil, nil),
            ]
        )
        let columns = [
            ("n", "long"), ("x", "double"), ("s", "string"), ("d", "date"), ("t", "timestamp"), ("y", "float"),
            ("none", "string"),
        ].map { DeltaColumn(name: $0.0, type: .string($0.1)) }
        let text = DeltaStatistics.text(file, columns)
        #expect(
            text == #"{"numRecords":3,"minValues":{"n":-9223372036854775808,"d":"2024-01-01","y":-1.25},"#
                + #""maxValues":{"n":7,"d":"2024-02-01","y":3.0},"#
                + #""nullCount":{"n":1,"x":1,"s":1,"d":1,"t":1,"y":1,"none":1}}"#
        )
    }

    @Test func whatIsBrokenInTheLogIsNamedAndLeft() throws {
        let store = try RealStore("delta")
        for run in 1...3 { try store.store("SELECT \(run) AS n", run: run) }
        let log = store.dataset.path.value + "/_delta_log/"
        let torn = log + DeltaLogFile.commitName(2)
        let text = try FileSystem.readText(torn)
        try FileSystem.writeAtomically(text + "{\"add\":{\"pa", to: torn)
        let message = store.project.message { try store.store("SELECT 4 AS n", run: 4) }
        #expect(
            message.contains("can not be written: \(torn):") && message.contains("is no whole line of JSON"),
            "\(message)"
        )
        try FileSystem.writeAtomically(text, to: torn)
        try FileSystem.removeFile(log + DeltaLogFile.commitName(1))
        let gap = store.project.message { try store.store("SELECT 4 AS n", run: 4) }
        #expect(gap.contains("its log has a gap: \(log)\(DeltaLogFile.commitName(1)) is missing"), "\(gap)")
        #expect(try FileSystem.list(log).count == 2)
        let findings = DataOutputManager(engine: RealStore.engine, writers: 1).check(store.dataset)
        #expect(findings.map(\.message).joined().contains("its log has a gap"))
    }
}

extension JSONValue {
    /// The same metadata with one setting.
    fileprivate func setting(_ name: String, _ value: String) -> JSONValue {
        .object(members.map { $0.key == "configuration" ? .init($0.key, .object([.init(name, .string(value))])) : $0 })
    }
}
