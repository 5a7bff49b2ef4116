import Foundation
import Testing

/// `doctor`: what is found, where, and how to get the rest.
@Suite struct DoctorTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("output_path: out\n", to: "project/config/global_settings.yaml")
        try scratch.write("p: {nodes: [n]}\n", to: "project/config/pipelines.yaml")
        try scratch.write("n: {function: a.b}\n", to: "project/config/nodes.yaml")
    }

    /// Variables under which nothing optional is found but what a test puts there.
    private var bare: [String: String] {
        ["PATH": scratch.file("bin"), "SPARK_HOME": "", "SPARK_REMOTE": "", "MLFLOW_TRACKING_URI": ""]
    }

    private func doctor(_ environment: [String: String], _ arguments: String...) throws -> HostProcess.Result {
        try HostProcess.run(
            ["doctor", "--project", scratch.file("project")] + arguments,
            environment: bare.merging(environment) { $1 }
        )
    }

    private func document(_ environment: [String: String] = [:], status: Int32 = 0) throws -> [String: Any] {
        let result = try doctor(environment, "--format", "json")
        #expect(result.status == status, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    private func part(_ name: String, _ document: [String: Any]) throws -> [String: Any] {
        let parts = try #require(document["parts"] as? [[String: Any]])
        return try #require(parts.first { $0["name"] as? String == name })
    }

    private func program(_ name: String, _ text: String) throws {
        try scratch.write("#!/bin/sh\n\(text)\n", to: "bin/\(name)")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.file("bin/\(name)"))
    }

    @Test func whatRunsNeedIsFound() throws {
        let found = try document()
        #expect(Set(found.keys) == ["complete", "parts", "extensions", "plugins", "machine"])
        #expect(found["complete"] as? Bool == true)
        for name in ["host", "worker", "duckdb", "libyaml", "libffi"] {
            let part = try part(name, found)
            #expect(part["required"] as? Bool == true && part["state"] as? String == "found", "\(part)")
            let place = try #require(part["place"] as? String)
            #expect(FileManager.default.fileExists(atPath: place), "\(place)")
            #expect(part["cure"] is NSNull)
        }
        #expect(try part("host", found)["place"] as? String == HostProcess.executable)
        #expect((try part("duckdb", found)["version"] as? String)?.hasPrefix("v") == true)
        let keys: Set = [
            "name", "title", "required", "state", "version", "place", "problem", "purpose", "cure",
        ]
        let parts = try #require(found["parts"] as? [[String: Any]])
        #expect(parts.count == 13 && parts.allSatisfy { Set($0.keys) == keys })
        let machine = try #require(found["machine"] as? [String: Any])
        #expect(machine["processors"] as? Int ?? 0 >= 1)
        for key in ["memory", "available_memory", "disk"] { #expect(machine[key] as? Int ?? 0 > 0, "\(key)") }
    }

    @Test func engineIsAskedForItsExtensions() throws {
        let extensions = try #require(try document()["extensions"] as? [[String: Any]])
        let parquet = try #require(extensions.first { $0["name"] as? String == "parquet" })
        #expect(parquet["loaded"] as? Bool == true && parquet["cure"] is NSNull)
        for absent in extensions where absent["installed"] as? Bool == false {
            let name = try #require(absent["name"] as? String)
            #expect((absent["cure"] as? String)?.contains("INSTALL \(name)") == true)
        }
    }

    @Test func missingEngineEndsWithTheCodeForIt() throws {
        let missing = ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        let found = try document(missing, status: 5)
        #expect(found["complete"] as? Bool == false)
        let engine = try part("duckdb", found)
        #expect(engine["state"] as? String == "missing")
        #expect((engine["problem"] as? String)?.contains("/nowhere/libduckdb.so") == true)
        #expect((engine["cure"] as? String)?.contains("scripts/setup") == true)
        #expect((found["extensions"] as? [Any])?.isEmpty == true)
        let text = try doctor(missing)
        #expect(text.status == 5)
        #expect(text.output.contains("DuckDB is missing"), "\(text.output)")
        #expect(text.output.hasSuffix("something that runs need is not there\n"))
    }

    @Test(arguments: [
        ("/nowhere/tauro-host", "could not start"), ("/bin/false", "it ended at once"),
        ("/bin/cat", "it ended at once"),
    ])
    func workersThatDoNotStartAreTold(program: String, problem: String) throws {
        let found = try document(["TAURO_HOST_PROGRAM": program], status: 5)
        let worker = try part("worker", found)
        #expect(worker["state"] as? String == "broken")
        #expect((worker["problem"] as? String)?.contains(problem) == true, "\(worker)")
    }

    @Test func nothingOptionalIsNeeded() throws {
        let found = try document()
        for name in ["compiler", "spark", "mlflow"] {
            let part = try part(name, found)
            #expect(part["state"] as? String == "missing" && part["required"] as? Bool == false)
            #expect((part["cure"] as? String)?.isEmpty == false)
        }
    }

    @Test(arguments: [
        ("kafka", "KAFKA", "librdkafka1"), ("postgresql", "ADBC_POSTGRESQL", "libadbc_driver_postgresql.so"),
        ("sqlite", "ADBC_SQLITE", "libadbc_driver_sqlite.so"),
    ])
    func librariesOfFormatsAreFoundWhereRunsWouldFindThem(name: String, variable: String, cure: String) throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let library = root + "/.tauro/vendor/adbc/libadbc_driver_\(name).so"
        let there = name == "kafka" ? [:] : ["TAURO_\(variable)_LIBRARY": library]
        let found = try part(name, try document(there))
        #expect(found["state"] as? String == "found" && found["cure"] is NSNull, "\(found)")
        let place = try #require(found["place"] as? String)
        #expect(FileManager.default.fileExists(atPath: place), "\(place)")
        #expect(name != "kafka" || found["version"] is String)
        let missing = try part(name, try document(["TAURO_\(variable)_LIBRARY": "/nowhere/lib.so"]))
        #expect(missing["state"] as? String == "missing" && missing["required"] as? Bool == false)
        #expect((missing["cure"] as? String)?.contains(cure) == true, "\(missing)")
        #expect((missing["problem"] as? String)?.contains("/nowhere/lib.so") == true, "\(missing)")
    }

    @Test func compilerIsAskedForItsVersion() throws {
        try program("cc", "echo 'cc (ours) 1.2.3'; echo more")
        let compiler = try part("compiler", try document())
        #expect(compiler["version"] as? String == "cc (ours) 1.2.3")
        #expect(compiler["place"] as? String == scratch.file("bin/cc"))
        try program("cc", "exit 1")
        #expect(try part("compiler", try document())["state"] as? String == "broken")
    }

    @Test func sparkIsWhereItsVariablesSay() throws {
        let home = scratch.file("spark")
        #expect(try part("spark", try document(["SPARK_HOME": home]))["state"] as? String == "broken")
        try scratch.write("", to: "spark/bin/spark-submit")
        try scratch.write("Spark 4.0.1 (git revision 1) built for Hadoop 3.4.1\n", to: "spark/RELEASE")
        let installed = try part("spark", try document(["SPARK_HOME": home]))
        #expect(installed["version"] as? String == "4.0.1" && installed["place"] as? String == home)
        try program("spark-submit", "exit 1")
        #expect(try part("spark", try document())["place"] as? String == scratch.file("bin/spark-submit"))
    }

    @Test func addressesAreShownWithoutTheirSecrets() throws {
        let found = try document([
            "SPARK_REMOTE": "sc://spark.example:15002/;token=hunter2;user_id=ann",
            "MLFLOW_TRACKING_URI": "https://ann:hunter2@mlflow.example/base?key=hunter2",
        ])
        #expect(try part("spark", found)["place"] as? String == "sc://spark.example:15002/")
        #expect(try part("mlflow", found)["place"] as? String == "https://mlflow.example/base")
    }

    @Test func pluginsThatWereRefusedAreTold() throws {
        try scratch.write("no library", to: "project/plugins/broken.so")
        let text = try doctor([:])
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.contains("refused \(scratch.file("project/plugins/broken.so")): "), "\(text.output)")
    }

    @Test func textNamesEveryPart() throws {
        try program("cc", "echo 'cc (ours) 1.2.3'")
        let text = try doctor([:])
        #expect(text.status == 0, "\(text.errors)")
        for expected in [
            "\ntauro-host", "\nworker processes", "\nDuckDB", "\nlibyaml", "\nlibffi", "\nC compiler",
            "\nheaders for plugins",
            "\nArrow for C++", "\nKafka client", "\nPostgreSQL driver", "\nSQLite driver",
            "\nSpark", "\nMLflow", "  loaded: ", "\nplugin directories\n",
            "\nmachine\n",
            "  processors: ", "  memory: ", "  disk of ", "Spark is missing\n    to get it: set SPARK_REMOTE",
        ] { #expect(text.output.contains(expected), "\(expected) in \(text.output)") }
        #expect(text.output.hasSuffix("\neverything that runs need is there\n"))
    }
}
