import Foundation
import Testing

/// What a project has stored, read by others than the host: DuckDB, pyarrow, deltalake and SQLite.
enum StoredTables {
    /// All rows of all outputs, one JSON object with sorted keys and sorted rows.
    static func rows(_ project: String) throws -> String {
        let result = try HostProcess.start(Checkout.root + "/scripts/python", ["-c", reader, project])
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }

    /// How many rows each output has.
    static func rowCounts(_ project: String) throws -> [String: Int] {
        let tables = try JSONSerialization.jsonObject(with: Data(rows(project).utf8)) as? [String: [Any]]
        return try #require(tables).mapValues(\.count)
    }

    /// The commits of a run that have taken their place, each `output node`.
    static func commits(_ project: String, run: String) throws -> Set<String> {
        let result = try HostProcess.start("/usr/bin/env", ["python3", "-c", commits, project, run])
        try #require(result.status == 0, "\(result.errors)")
        return Set(result.output.split(separator: "\n").map(String.init))
    }

    private static let reader = #"""
        import glob, json, os, sqlite3, sys
        import duckdb, pyarrow.orc, pyarrow as pa
        from deltalake import DeltaTable, QueryBuilder
        project = sys.argv[1]
        database = duckdb.connect()
        tables = {}
        for path in sorted(glob.glob(project + "/out/*/*")):
            if os.path.exists(path + "/artifact.bin"):
                tables[".".join(path.split("/")[-2:])] = [open(path + "/artifact.bin").read()]
                continue
            if os.path.exists(path + "/_delta_log"):
                found = QueryBuilder().register("t", DeltaTable(path)).execute("SELECT * FROM t").read_all()
                rows = list(zip(*[[v.as_py() for v in found.column(i)] for i in range(found.num_columns)]))
            else:
                kinds = {os.path.splitext(f)[1] for _, _, files in os.walk(path) for f in files if f.startswith("part")}
                kind, = kinds
                files = sorted(glob.glob(path + "/**/*" + kind, recursive=True))
                if kind == ".orc":
                    rows = [tuple(r.values()) for f in files for r in pyarrow.orc.read_table(f).to_pylist()]
                elif kind == ".arrow":
                    rows = [tuple(r.values()) for f in files for r in pa.ipc.open_file(f).read_all().to_pylist()]
                else:
                    read = {".parquet": "read_parquet(?, hive_partitioning = true)", ".csv": "read_csv(?)",
                            ".json": "read_json(?)"}[kind]
                    rows = database.execute(f"SELECT * FROM {read}", [files]).fetchall()
            tables[".".join(path.split("/")[-2:])] = sorted([str(value) for value in row] for row in rows)
        kept = sqlite3.connect(project + "/kept.db" if os.path.exists(project + "/kept.db") else ":memory:")
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'tauro_commits'"
        for name, in kept.execute(names).fetchall():
            tables["gold." + name] = sorted([str(value) for value in row] for row in kept.execute(f'SELECT * FROM "{name}"'))
        print(json.dumps(tables, sort_keys=True))
        """#

    private static let commits = #"""
        import glob, json, os, sqlite3, sys
        project, run = sys.argv[1:]
        for path in glob.glob(project + "/out/*/*"):
            output = ".".join(path.split("/")[-2:])
            if os.path.exists(path + "/.commits"):
                for commit in json.load(open(path + "/.commits"))["commits"]:
                    if commit["run_id"] == run: print(output, commit["node"])
            for version in glob.glob(path + "/_delta_log/*.json"):
                info = [json.loads(line).get("commitInfo") for line in open(version)]
                for commit in filter(None, info):
                    if commit.get("runId") == run: print(output, commit["node"])
        if os.path.exists(project + "/kept.db"):
            kept = sqlite3.connect(project + "/kept.db", timeout=60)
            if kept.execute("SELECT count(*) FROM sqlite_master WHERE name = 'tauro_commits'").fetchone()[0]:
                for node, in kept.execute("SELECT node FROM tauro_commits WHERE run_id = ?", [run]):
                    print("gold." + node, node)
        """#
}
