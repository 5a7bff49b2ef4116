import TauroConfig
import TauroModel
import Testing

@Suite("Keys beside `options` that are options of databases")
struct ServerOptionsTests {
    @Test("they become options, with files and drivers made absolute")
    func folded() throws {
        let project = try TemporaryProject.usable([
            "config/input.yaml": """
            a: {format: sqlite, filepath: data/a.db, table: t}
            b: {format: sqlite, uri: "file:b.db?mode=ro", query: SELECT 1, driver: ./lib/d.so}
            c: {format: postgresql, uri: "postgresql://h/d", query: SELECT 1}
            d: {format: adbc, driver: lib/libadbc_driver_sqlite.so.1, uri: data/d.db, table: t}
            e: {format: adbc, driver: lib/libduckdb.so, uri: "x", options: {path: data/e.db}, query: SELECT 1}
            f: {format: adbc, driver: sqlite, uri: ":memory:", query: SELECT 1}
            """
        ])
        let context = try #require(project.load().context)
        let (a, b, c) = (context.input("a"), context.input("b"), context.input("c"))
        #expect(a?.options["uri"]?.content == .string("\(project.directory)/data/a.db"))
        #expect(a?.options["table"]?.content == .string("t"))
        #expect(a?.path.value == "")
        #expect(b?.options["uri"]?.content == .string("file:\(project.directory)/b.db?mode=ro"))
        #expect(b?.options["driver"]?.content == .string("\(project.directory)/lib/d.so"))
        #expect(c?.options["query"]?.content == .string("SELECT 1"))
        #expect(c?.query == nil)
        #expect(c?.path.value == "")
        #expect(context.input("d")?.options["uri"]?.content == .string("\(project.directory)/data/d.db"))
        #expect(context.input("e")?.options["uri"]?.content == .string("x"))
        #expect(context.input("e")?.options["path"]?.content == .string("\(project.directory)/data/e.db"))
        #expect(context.input("f")?.options["uri"]?.content == .string(":memory:"))
    }

    @Test("none is said twice")
    func saidTwice() throws {
        let project = try TemporaryProject.usable([
            "config/input.yaml": """
            a: {format: sqlite, filepath: a.db, uri: b.db, table: t}
            b: {format: postgresql, uri: x, table: t, options: {table: u}}
            """
        ])
        let findings = project.findings()
        #expect(findings.contains("`uri` of input `a` is said twice."), "\(findings)")
        #expect(findings.contains("`table` of input `b` is said twice."), "\(findings)")
    }
}
