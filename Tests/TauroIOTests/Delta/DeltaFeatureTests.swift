import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Tables with features that this program does not write: read as they are, or refused with the feature's name.
@Suite struct DeltaFeatureTests {
    private func forged(_ program: String) throws -> RealStore {
        let store = try RealStore("delta")
        try ForgedDelta.make(program, store.dataset.path.value)
        return store
    }

    /// The rows at a version, or at a moment.
    private func rows(_ store: RealStore, _ option: String, _ value: ConfigValue.Content) throws -> [String] {
        var store = store
        store.dataset.options = [option: ConfigValue(value, at: SourceLocation(file: "input.yaml"))]
        return try store.rows()
    }

    /// What a check before a run says of the table as an input.
    private func problems(_ store: RealStore) -> [String] {
        InputLoader(engine: RealStore.engine, parts: RealStore.parts)
            .check(store.dataset, isStored: false, as: .frame).all.map(\.message)
    }

    private func presence(_ store: RealStore) -> DatasetPresence? {
        InputLoader(engine: RealStore.engine, parts: RealStore.parts).presence(of: store.dataset)
    }

    /// The two columns have changed names, so that whoever goes by those takes one for the other.
    @Test(arguments: ["name", "id"]) func columnsMayHaveOtherNamesInFiles(mode: String) throws {
        let store = try forged(
            """
            fields = [pa.field("a", pa.int64(), metadata={"PARQUET:field_id": "1"}), pa.field("b", pa.int64(), metadata={"PARQUET:field_id": "2"}),
                pa.field("c-3", pa.struct([pa.field("c-4", pa.string(), metadata={"PARQUET:field_id": "4"})]), metadata={"PARQUET:field_id": "3"})]
            rows = pa.table([[1, 2], [10, 20], [{"c-4": "x"}, None]], schema=pa.schema(fields))
            commit(0, protocol(2, 5), metadata(mapped("b", "long", 1, "a"), mapped("a", "long", 2, "b"),
                mapped("the place", structure(mapped("name", "string", 4, "c-4")), 3, "c-3"), mapped("added", "long", 5, "c-5"),
                columnMapping_mode="\(mode)", columnMapping_maxColumnId="5"), add("1.parquet", rows))
            """
        )
        #expect(try store.columns() == ["b: int64", "a: int64", "the place: struct<name: utf8>", "added: int64"])
        #expect(
            try store.rows() == [
                "{'b': 1, 'a': 10, 'the place': {'name': x}, 'added': NULL}",
                "{'b': 2, 'a': 20, 'the place': NULL, 'added': NULL}",
            ]
        )
        #expect(try store.rows("SELECT CAST(b AS VARCHAR) AS text FROM t WHERE a = 20 AND added IS NULL") == ["2"])
        #expect(problems(store).isEmpty && presence(store)?.rows == 2)
    }

    /// The engine's reader gives NULL for the column that divides such a table.
    @Test(arguments: ["name", "id"]) func mappedColumnsThatDivideATableAreRefused(mode: String) throws {
        let store = try forged(
            """
            commit(0, protocol(2, 5), metadata(field("n", "long"), field("k", "string"), partition=["k"]), add("1.parquet", numbers(1), {"k": "x"}))
            commit(1, metadata(mapped("n", "long", 1, "n"), mapped("k", "string", 2, "c-2"), partition=["k"],
                columnMapping_mode="\(mode)", columnMapping_maxColumnId="2"), add("2.parquet", numbers(2), {"c-2": "y"}))
            """
        )
        let place = store.dataset.path.value
        let expected =
            "Dataset 't': the Delta table in \(place) has column mapping by \(mode) and is divided by 'k', whose values are not"
            + " found then; have the program that writes it leave out one of the two"
        #expect(store.project.message { _ = try store.rows() } == expected)
        #expect(problems(store) == [expected])
        #expect(try rows(store, "version", .integer(0)) == ["{'n': 1, 'k': x}"])
    }

    @Test(arguments: ["inline", "file"]) func deletedRowsAreNotRead(kind: String) throws {
        let store = try forged(
            """
            rows = numbers(0, 1, 2, 3, 4)
            commit(0, protocol(3, 7, "deletionVectors"), metadata(field("n", "long"), enableDeletionVectors="true"), add("1.parquet", rows))
            commit(1, {"remove": {"path": "1.parquet", "deletionTimestamp": 1, "dataChange": True}},
                add("1.parquet", rows, deletionVector=\(kind)_vector(1, 3)))
            """
        )
        #expect(try store.rows() == [0, 2, 4].map { "{'n': \($0)}" })
        #expect(try store.rows("SELECT CAST(count(*) AS VARCHAR) AS text FROM t WHERE n > 0") == ["2"])
        #expect(try rows(store, "version", .integer(0)).count == 5)
        let found = try #require(presence(store))
        #expect(found.files == 1 && found.rows == nil)
    }

    @Test func aLostDeletionVectorIsNamed() throws {
        let store = try forged(
            """
            commit(0, protocol(3, 7, "deletionVectors"), metadata(field("n", "long"), enableDeletionVectors="true"),
                add("1.parquet", numbers(0, 1), deletionVector=file_vector(1)))
            for name in os.listdir(path):
                if name.endswith(".bin"): os.remove(f"{path}/{name}")
            """
        )
        let message = store.project.message { _ = try store.rows() }
        #expect(message.contains("File not found") && message.contains("/deletion_vector_"), "\(message)")
    }

    private static let checkpoints = [
        """
        checkpoint(f"{2:020}.checkpoint.{1:010}.{2:010}.parquet", versions, columns, *added[:1])
        checkpoint(f"{2:020}.checkpoint.{2:010}.{2:010}.parquet", *added[1:])
        """,
        #"lines(f"{2:020}.checkpoint.{uuid.uuid4()}.json", [about, versions, columns, *added])"#,
        #"checkpoint(f"{2:020}.checkpoint.{uuid.uuid4()}.parquet", about, versions, columns, *added)"#,
        """
        checkpoint("_sidecars/rest.parquet", *added)
        sidecar = {"path": "rest.parquet", "sizeInBytes": os.path.getsize(f"{log}/_sidecars/rest.parquet"), "modificationTime": 0}
        lines(f"{2:020}.checkpoint.{uuid.uuid4()}.json", [about, versions, columns, {"sidecar": sidecar}])
        """,
    ]

    @Test(arguments: checkpoints.indices) func checkpointsOfAllFormsAreRead(form: Int) throws {
        let settings = form == 0 ? ("1, 2", "") : ("3, 7, 'v2Checkpoint'", ", checkpointPolicy='v2'")
        let store = try forged(
            """
            about, versions = {"checkpointMetadata": {"version": 2}}, protocol(\(settings.0))
            columns = metadata(field("n", "long")\(settings.1))
            added = [add(f"{n}.parquet", numbers(n)) for n in range(3)]
            commit(2, added[2])
            commit(3, add("3.parquet", numbers(3)))
            \(Self.checkpoints[form])
            """
        )
        #expect(try store.rows() == (0...3).map { "{'n': \($0)}" })
        #expect(try rows(store, "version", .integer(2)).count == 3)
        let gone = store.project.message { _ = try rows(store, "version", .integer(1)) }
        #expect(gone.contains("version 1 is gone; its versions are 2 to 3"), "\(gone)")
        #expect(problems(store).isEmpty)
        // Only the first form is understood well enough to count rows, and to add some.
        #expect(presence(store)?.rows == (form == 0 ? 4 : nil))
        let refused = store.project.message { try store.store("SELECT 4::BIGINT AS n") }
        #expect(form == 0 ? refused.isEmpty : refused.contains("checkpoint of version 2 is of the second form"))
    }

    @Test(arguments: checkpoints.indices) func mappingIsFoundInCheckpointsToo(form: Int) throws {
        let versions = form == 0 ? "2, 5" : "3, 7, 'v2Checkpoint', 'columnMapping'"
        let store = try forged(
            """
            about, versions = {"checkpointMetadata": {"version": 2}}, protocol(\(versions))
            columns = metadata(mapped("n", "long", 1, "n"), mapped("k", "string", 2, "c-2"), partition=["k"],
                columnMapping_mode="name", columnMapping_maxColumnId="2")
            added = [add(f"{n}.parquet", numbers(n), {"c-2": "x"}) for n in range(3)]
            commit(2, added[2])
            \(Self.checkpoints[form])
            """
        )
        let message = store.project.message { _ = try store.rows() }
        #expect(message.contains("has column mapping by name and is divided by 'k'"), "\(message)")
    }

    @Test func commitsAreOfTheTimeThatTheyState() throws {
        let store = try forged(
            """
            def info(day): return {"commitInfo": {"inCommitTimestamp": day * 86400000, "timestamp": 0, "operation": "WRITE"}}
            versions = {"protocol": {"minReaderVersion": 1, "minWriterVersion": 7, "writerFeatures": ["inCommitTimestamp"]}}
            commit(0, info(20000), versions, metadata(field("n", "long"), enableInCommitTimestamps="true"), add("0.parquet", numbers(0)))
            commit(1, info(20001), add("1.parquet", numbers(1)))
            """
        )
        #expect(try store.rows().count == 2)
        #expect(try rows(store, "timestamp", .string("2024-10-04T23:59:59Z")) == ["{'n': 0}"])
        #expect(try rows(store, "timestamp", .string("2024-10-05")).count == 2)
        let early = store.project.message { _ = try rows(store, "timestamp", .string("2024-10-03")) }
        #expect(early.contains("version 0 is of 2024-10-04T00:00:00.000Z"), "\(early)")
    }

    @Test func numbersInEarlierFilesMayBeNarrower() throws {
        let store = try forged(
            """
            commit(0, protocol(3, 7, "typeWidening"), metadata(field("n", "long", typeChanges=[{"fromType": "integer", "toType": "long"}]),
                enableTypeWidening="true"), add("0.parquet", pa.table({"n": pa.array([1], pa.int32())})), add("1.parquet", numbers(5000000000)))
            """
        )
        #expect(try store.columns() == ["n: int64"])
        #expect(try store.rows() == ["{'n': 1}", "{'n': 5000000000}"])
    }

    @Test func columnsOfATypeThatNodesDoNotReceiveAreToldWithTheFeature() throws {
        let store = try forged(
            """
            values = pa.array([{"metadata": b"\\1\\0\\0", "value": b"\\x0c\\x05"}])
            commit(0, protocol(3, 7, "variantType"), metadata(field("n", "long"), field("v", "variant")),
                add("1.parquet", pa.table({"n": [1], "v": values})))
            """
        )
        let message = store.project.message { _ = try store.rows() }
        #expect(message.contains("the Delta table in \(store.dataset.path.value) can not be read: "), "\(message)")
        #expect(message.contains("VARIANT") && message.hasSuffix("with the features variantType"), "\(message)")
    }

    @Test func featuresThatNobodyKnowsAreNamed() throws {
        let store = try forged(
            """
            commit(0, protocol(3, 7, "deletionVectors", "moonPhases"), metadata(field("n", "long")), add("1.parquet", numbers(1)))
            """
        )
        let message = store.project.message { _ = try store.rows() }
        for part in [
            "dataset 't': the Delta table in \(store.dataset.path.value) can not be read: ",
            "'moonPhases' is not supported",
            "it asks for reader version 3 of the protocol with the features deletionVectors, moonPhases",
        ] {
            #expect(message.contains(part), "\(message)")
        }
        let newer = try forged(
            #"commit(0, protocol(4, 8, "columnMapping"), metadata(field("n", "long")), add("1.parquet", numbers(1)))"#
        )
        let later = newer.project.message { _ = try newer.rows() }
        #expect(
            later.contains("dataset 't'") && later.contains("it asks for reader version 4 of the protocol"),
            "\(later)"
        )
    }
}
