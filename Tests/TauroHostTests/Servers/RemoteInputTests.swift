import Foundation
import Testing

/// Inputs on servers: S3 as `scripts/services` starts it, and small servers of the tests' own.
@Suite struct RemoteInputTests {
    /// Puts the numbers 1 to 6 into a new bucket in several forms.
    private static let writer = """
        import sys, os, tempfile, boto3, duckdb
        endpoint, bucket = sys.argv[1:]
        s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1",
                          aws_access_key_id="key", aws_secret_access_key="secret")
        s3.create_bucket(Bucket=bucket)
        def put(key, text): s3.put_object(Bucket=bucket, Key=key, Body=text)
        put("one.csv", "n\\n1\\n2\\n3\\n4\\n5\\n6\\n")
        put("parts/a.csv", "n\\n1\\n2\\n3\\n")
        put("parts/b.csv", "n\\n4\\n5\\n6\\n")
        put("lines/a.json", '{"n": 1}\\n{"n": 2}\\n')
        put("odd/[é] 1+*.csv", "n\\n21\\n")
        with tempfile.TemporaryDirectory() as place:
            duckdb.sql(f"COPY (SELECT n, n % 2 AS odd, 'x y' AS place FROM range(1, 7) AS t(n)) TO '{place}/t'"
                       " (FORMAT parquet, PARTITION_BY (odd, place))")
            for folder, _, names in os.walk(f"{place}/t"):
                for name in names:
                    path = f"{folder}/{name}"
                    with open(path, "rb") as file: put("table/" + os.path.relpath(path, f"{place}/t"), file.read())
        from deltalake import write_deltalake
        import arro3.core as ac
        rows = ac.Table.from_pydict({"n": ac.Array(list(range(1, 7)), ac.DataType.int64())})
        for mode in ["error", "append"]:
            write_deltalake(f"s3://{bucket}/delta", rows, mode=mode, storage_options={
                "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_REGION": "us-east-1", "AWS_ALLOW_HTTP": "true", "AWS_S3_ALLOW_UNSAFE_RENAME": "true"})
        import json, uuid
        mapped = lambda name, type, number: {"name": name, "type": type, "nullable": True, "metadata":
            {"delta.columnMapping.id": number, "delta.columnMapping.physicalName": name}}
        schema = json.dumps({"type": "struct", "fields": [mapped("n", "long", 1), mapped("k", "string", 2)]})
        configuration = {"delta.columnMapping.mode": "name", "delta.columnMapping.maxColumnId": "2"}
        actions = [{"protocol": {"minReaderVersion": 2, "minWriterVersion": 5}}, {"metaData": {"id": str(uuid.uuid4()),
            "format": {"provider": "parquet", "options": {}}, "schemaString": schema, "partitionColumns": ["k"],
            "configuration": configuration, "createdTime": 0}}]
        put(f"mapped/_delta_log/{0:020}.json", "\\n".join(map(json.dumps, actions)))
        add = {"path": "a.parquet", "partitionValues": {"k": "x"}, "size": 1, "modificationTime": 0, "dataChange": True}
        put(f"mapped/_delta_log/{1:020}.json", json.dumps({"add": add}))
        put("table/_SUCCESS", "")
        put("table/_temporary/odd=1/place=x/half.parquet", "PAR1")

        """

    private let bucket = "lake-\(UUID().uuidString.lowercased())"
    private let credentials = ["AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"]

    /// A project whose input is at an address; `{bucket}` in it is a bucket that holds what the writer put.
    private func project(_ input: String, storage: String? = nil) throws -> TestProject {
        let endpoint = try TestService.address("TAURO_TEST_S3")
        if input.contains("{bucket}") {
            let result = try HostProcess.start(
                Checkout.root + "/scripts/python",
                ["-c", Self.writer, endpoint, bucket]
            )
            try #require(result.status == 0, "\(result.errors)")
        }
        let options = storage ?? "{aws_endpoint_url: '\(endpoint)'}"
        let project = try TestProject(
            nodes: "total: {function: t.total, input: [rows], output: gold.total}\n",
            pipeline: ["total"],
            input: "rows: {\(input.replacingOccurrences(of: "{bucket}", with: bucket)), storage_options: \(options)}\n"
        )
        try project.plugin()
        return project
    }

    private func total(_ project: TestProject, _ environment: [String: String]) throws -> String {
        let run = try project.host("run", "p", environment: environment)
        guard run.status == 0 else { return "\(run.status): \(run.errors)" }
        let rows = try project.host("datasets", "preview", "gold.total", environment: environment).output.split(
            separator: "\n"
        )
        return rows.count == 2 ? rows[1].trimmingCharacters(in: .whitespaces) : "\(rows)"
    }

    @Test(arguments: [
        ("format: csv, filepath: 's3://{bucket}/one.csv'", "21"),
        ("format: csv, filepath: 's3a://{bucket}/parts/*.csv'", "21"),
        ("format: csv, filepath: 's3://{bucket}/parts'", "21"),
        ("format: json, filepath: 's3://{bucket}/lines/'", "3"),
        ("format: csv, filepath: 's3://{bucket}/odd/'", "21"),
        ("format: parquet, filepath: 's3://{bucket}/table'", "21"),
        ("format: parquet, filepath: 's3://{bucket}/table/odd=*/*/*.parquet'", "21"),
        ("format: parquet, filepath: 's3://{bucket}/table', schema: {n: DOUBLE, odd: INTEGER}", "21.0"),
    ]) func filesPatternsAndDirectoriesAreRead(input: String, expected: String) throws {
        #expect(try total(project(input), credentials) == expected)
    }

    @Test func directoriesWithValuesAreColumns() throws {
        let project = try project("format: parquet, filepath: 's3://{bucket}/table'")
        let preview = try project.host("datasets", "preview", "rows", environment: credentials)
        #expect(preview.errors.contains("6 rows shown; columns: n int64, odd int64, place utf8"), "\(preview)")
        #expect(preview.output.contains("x y"))
        let list = try project.host("datasets", "list", "--format", "json", environment: credentials)
        #expect(list.output.contains("\"exists\" : true") || list.output.contains("\"exists\": true"), "\(list.output)")
    }

    @Test func credentialsOfADatasetWinOverTheEnvironmentAndAreNotShown() throws {
        let endpoint = try TestService.address("TAURO_TEST_S3")
        let project = try project(
            "format: csv, filepath: 's3://{bucket}/one.csv'",
            storage: "{aws_endpoint_url: '\(endpoint)', aws_access_key_id: key, aws_secret_access_key: '${secret:KEY}',"
                + " aws_region: eu-south-1}"
        )
        #expect(try total(project, ["KEY": "its-secret"]) == "21")
        let shown = try project.host("config", "show", environment: ["KEY": "its-secret"])
        #expect(shown.status == 0 && !shown.output.contains("its-secret"), "\(shown)")
    }

    @Test(arguments: [
        ("format: csv, filepath: 's3://{bucket}/two.csv'", "neither s3://"),
        ("format: csv, filepath: 's3://{bucket}/parts/*.tsv'", "no file matches s3://"),
        ("format: csv, filepath: 's3://no-such-bucket-of-ours/a.csv'", "no-such-bucket-of-ours"),
        ("format: csv, filepath: 's3://bucket'", "names no file; expected s3://bucket/key"),
        ("format: csv, filepath: 'gs://bucket/a.csv'", "neither a path nor begins with one of s3://, s3a://, https://"),
        ("format: avro, filepath: 's3://bucket/table'", "from servers csv, delta, json, parquet"),
    ]) func whatIsNotThereIsToldBeforeAnythingRuns(input: String, message: String) throws {
        let run = try project(input).host("run", "p", environment: credentials)
        #expect(run.status == 2 && run.errors.contains(message), "\(run.status) \(run.errors)")
        #expect(run.errors.contains("rows"), "\(run.errors)")
    }

    @Test(arguments: [
        ("{aws_regoin: x}", "did you mean 'aws_region'?"), ("{aws_access_key_id: x}", "has only one of"),
        ("{aws_endpoint_url: localhost}", "expects an address such as http://127.0.0.1:9000"),
        ("{aws_region: 3}", "expects a text, found the number 3"),
        ("{allow_invalid_certificates: often}", "expects true or false"),
    ]) func optionsAreChecked(storage: String, message: String) throws {
        let found = try project("format: csv, filepath: 's3://bucket/a.csv'", storage: storage).host("validate", "p")
        #expect(found.status == 2 && found.errors.contains(message), "\(found.errors)")
    }

    @Test func optionsOfAPathOfThisMachineAreRefused() throws {
        let found = try project("format: csv, filepath: data/a.csv").host("validate", "p")
        #expect(found.errors.contains("`storage_options` of input `rows` has a meaning only"), "\(found.errors)")
    }

    @Test func tablesOfDeltaAreReadByVersion() throws {
        let project = try project("format: delta, filepath: 's3://{bucket}/delta'")
        #expect(try total(project, credentials) == "42")
        let input = try project.scratch.text("project/config/input.yaml")
        func reading(_ words: String) throws -> TestProject {
            let changed = input.replacingOccurrences(of: "/delta'", with: "/\(words)")
            try project.scratch.write(changed, to: "project/config/input.yaml")
            return project
        }
        #expect(try total(reading("delta', options: {version: 0}"), credentials) == "21")
        for (words, message) in [
            ("delta', options: {version: 7}", "version"), ("parts'", "no Delta table is in s3://"),
            ("mapped'", "has column mapping by name and is divided by 'k', whose values are not found"),
            ("delta', options: {timestamp: 2026-01-01}", "'timestamp' is for tables of this machine"),
        ] {
            let run = try reading(words).host("run", "p", environment: credentials)
            #expect(run.status != 0 && run.errors.contains(message), "\(run.status) \(run.errors)")
        }
    }

    /// A server that answers `status` to everything.
    private static let refusing = """
        import http.server, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = b"<Error><Code>AccessDenied</Code></Error>"
                self.send_response(int(sys.argv[1]))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD": self.wfile.write(body)
            do_HEAD = do_GET
            def log_message(self, *a): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port)
        server.serve_forever()
        """

    @Test func aBucketWithoutRightsIsToldWithItsCure() throws {
        let server = try TestServer(Self.refusing, ["403"])
        let project = try project(
            "format: csv, filepath: 's3://bucket/a.csv'",
            storage: "{aws_endpoint_url: 'http://127.0.0.1:\(server.port)'}"
        )
        let run = try project.host("run", "p", environment: credentials)
        #expect(run.status == 2 && run.errors.contains("HTTP 403"), "\(run.status) \(run.errors)")
        #expect(run.errors.contains("rows") && run.errors.contains("`storage_options`"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: project.path + "/out"))
    }

    @Test func aServerThatIsNotThereIsTold() throws {
        let project = try project(
            "format: csv, filepath: 's3://bucket/a.csv'",
            storage: "{aws_endpoint_url: 'http://127.0.0.1:1'}"
        )
        let run = try project.host("run", "p", environment: credentials)
        #expect(run.status == 2 && run.errors.contains("127.0.0.1:1"), "\(run.status) \(run.errors)")
    }

    /// Serves one csv file over TLS, with a certificate that it made itself.
    private static let encrypted = """
        import http.server, ssl, subprocess, sys, os
        os.chdir(sys.argv[1])
        subprocess.run("openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=127.0.0.1"
                       " -addext subjectAltName=IP:127.0.0.1".split(), check=True, stderr=subprocess.DEVNULL)
        with open("a.csv", "w") as file: file.write("n\\n1\\n2\\n")
        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *a): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("c.pem", "k.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port)
        server.serve_forever()
        """

    @Test func filesAreReadOverTLSFromServersThatAreVouchedFor() throws {
        let scratch = try Scratch()
        let server = try TestServer(Self.encrypted, [scratch.path])
        let address = "https://127.0.0.1:\(server.port)"
        let trusting = "{allow_invalid_certificates: true}"
        #expect(try total(project("format: csv, filepath: '\(address)/a.csv?v=[1]'", storage: trusting), [:]) == "3")
        let missing = try project("format: csv, filepath: '\(address)/b.csv'", storage: trusting).host("run", "p")
        #expect(missing.status == 2 && missing.errors.contains("/b.csv does not exist"), "\(missing.errors)")
        let strict = try project("format: csv, filepath: '\(address)/a.csv'", storage: "{}").host("run", "p")
        #expect(strict.status == 2 && strict.errors.contains("certificate"), "\(strict.errors)")
    }

    @Test func anArtifactIsNotReadFromAServer() throws {
        let project = try TestProject(
            nodes: "look: {function: t.look, input: [file]}\n",
            pipeline: ["look"],
            input: "file: {format: csv, filepath: 's3://bucket/a.csv'}\n"
        )
        try project.plugin(
            "look",
            """
            #include <tauro/tauro.h>
            TAURO_PLUGIN("look", "1.0.0");
            TAURO_NODE(t_look, "t.look", TAURO_RETURNS(nothing), TAURO_ARTIFACT(file)) { (void)file; return TAURO_OK; }
            """
        )
        let run = try project.host("run", "p")
        #expect(run.status == 2 && run.errors.contains("is read from a file of this machine"), "\(run.errors)")
    }
}
