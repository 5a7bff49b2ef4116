import Foundation
import Testing

/// Whose library the engine may be, and whose program a worker.
@Suite struct EngineTrustTests {
    private func project() throws -> TestProject {
        let project = try TestProject(nodes: "count: {function: t.count, output: gold.n}\n", pipeline: ["count"])
        try project.plugin()
        return project
    }

    @Test func theEnvironmentsLibraryAndProgramMayCountForNothing() throws {
        let project = try project()
        let library = ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        #expect(try project.host("run", "p", environment: library).status == 5)
        #expect(try project.host("run", "p", "--no-env", environment: library).status == 0)
        let program = ["TAURO_HOST_PROGRAM": "/bin/false"]
        #expect(try project.host("run", "p", "--isolation", "process", environment: program).status != 0)
        let without = try project.host("run", "p", "--isolation", "process", "--no-env", environment: program)
        #expect(without.status == 0, "\(without.errors)")
    }

    @Test func anEngineThatOthersCanWriteIsNotLoaded() throws {
        let project = try project()
        let mark = project.scratch.file("mark")
        let constructor = """
            #include <stdio.h>
            __attribute__((constructor)) static void made(void) { FILE *f = fopen("\(mark)", "w"); if (f) fclose(f); }
            """
        try project.plugin("libduckdb", constructor)
        let vendor = project.path + "/.tauro/vendor"
        try FileManager.default.createDirectory(atPath: vendor, withIntermediateDirectories: true)
        let library = vendor + "/libduckdb.so"
        try FileManager.default.moveItem(atPath: project.path + "/plugins/libduckdb.so", toPath: library)
        try FileManager.default.setAttributes([.posixPermissions: 0o757], ofItemAtPath: library)
        #expect(try project.host("run", "p").status == 0)
        #expect(!FileManager.default.fileExists(atPath: mark))
        let named = try project.host("run", "p", environment: ["TAURO_DUCKDB_LIBRARY": library])
        #expect(named.status == 5)
        #expect(named.errors.contains("\(library) is not trusted: "), "\(named.errors)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: library)
        _ = try project.host("run", "p")
        #expect(FileManager.default.fileExists(atPath: mark))
    }
}
