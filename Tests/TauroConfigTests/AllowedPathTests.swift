import TauroConfig
import TauroModel
import Testing

/// Paths that lead out of the project by `..`.
@Suite struct AllowedPathTests {
    private func findings(settings: String = "", input: String = "") throws -> String {
        try TemporaryProject.usable([
            "config/global_settings.yaml": settings, "config/input.yaml": input,
        ]).findings()
    }

    @Test func anInputThatClimbsOutIsRefused() throws {
        let found = try findings(input: "raw: {format: csv, filepath: data/../../raw.csv}\n")
        #expect(
            found.contains("`filepath` of input `raw`: \"data/../../raw.csv\" leads out of the project by `..`, to ")
        )
        #expect(found.contains("config/input.yaml:1:"))
        #expect(found.contains("`allowed_paths`"))
    }

    @Test func aDatabaseFileThatClimbsOutIsRefused() throws {
        let found = try findings(input: "raw: {format: sqlite, filepath: ../raw.db, options: {table: t}}\n")
        #expect(found.contains("\"../raw.db\" leads out of the project by `..`"))
    }

    @Test(arguments: [
        "file:../raw.db?mode=ro", "file:%2e%2E/raw.db", "file:data/../../raw.db", "file:a://../../../raw.db",
    ])
    func anAddressOfSQLiteThatClimbsOutIsRefused(uri: String) throws {
        let found = try findings(input: "raw: {format: sqlite, uri: \"\(uri)\", table: t}\n")
        #expect(found.contains("/raw.db\" leads out of the project by `..`, to "), "\(found)")
        #expect(found.contains("`allowed_paths`"))
    }

    @Test(arguments: [
        "driver: sqlite, uri: ../raw.db", "driver: /lib/libadbc_driver_sqlite.so, uri: 'file:../raw.db'",
        "driver: duckdb, options: {path: ../raw.db}",
    ])
    func theFileOfADriverThatClimbsOutIsRefused(keys: String) throws {
        let found = try findings(input: "raw: {format: adbc, \(keys), table: t}\n")
        #expect(found.contains("../raw.db\" leads out of the project by `..`, to "), "\(found)")
    }

    @Test func anOutputPathThatClimbsOutIsRefused() throws {
        let found = try findings(settings: "output_path: ../out\n")
        #expect(found.contains("`output_path` of global settings: \"../out\" leads out of the project by `..`, to "))
    }

    @Test func anAbsolutePathThatClimbsIsRefusedToo() throws {
        #expect(try findings(input: "raw: {format: csv, filepath: /data/x/../y.csv}\n").contains("to /data/y.csv."))
    }

    @Test func whatIsAllowedOrPlainlyMeantIsNot() throws {
        let input = """
            inside: {format: csv, filepath: data/../raw.csv}
            plain: {format: csv, filepath: /data/lake/raw.csv}
            server: {format: csv, filepath: "https://example.com/a/../b.csv"}
            beside: {format: csv, filepath: ../shared/raw.csv}
            database: {format: sqlite, uri: "file:../shared/raw.db?mode=ro", table: t}
            other: {format: sqlite, uri: "file:///data/raw.db", table: t}
            memory: {format: sqlite, uri: "file::memory:?cache=shared", table: t}
            """
        #expect(try findings(settings: "allowed_paths: [../shared]\noutput_path: ../shared/out\n", input: input) == "")
    }

    @Test func anEmptyAllowedPathIsToldOf() throws {
        #expect(
            try findings(settings: "allowed_paths: [\"\"]\n").contains(
                "`allowed_paths` of global settings has an empty"
            )
        )
    }
}
