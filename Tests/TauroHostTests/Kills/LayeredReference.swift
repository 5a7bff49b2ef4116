import Foundation
import Testing

/// What runs that are disturbed begin with, and what they have to end with.
struct LayeredReference {
    let beginning: LayeredProject
    let rows: String
    let files: [String]
    /// Of the undisturbed run.
    let duration: Duration
    let lines: Int

    init() throws {
        beginning = try LayeredProject(pause: 8000)
        let first = ["run", "p", "--project", beginning.path, "--progress", "none", "--start-date", "2026-01-01"]
        let begun = try HostProcess.run(first, environment: ["LEDGER": beginning.ledger])
        try #require(begun.status == 0, "\(begun.errors)")
        let copy = try LayeredProject(copying: beginning)
        let run = KilledRun(copy, name: "undisturbed")
        let clock = ContinuousClock()
        let start = clock.now
        let result = try HostProcess.run(run.arguments(resuming: false), environment: run.environment)
        duration = clock.now - start
        try #require(result.status == 0, "\(result.errors)")
        rows = try StoredTables.rows(copy.path)
        try #require(try copy.project.host("runs", "clean").status == 0)
        files = ProjectFiles.names(copy.path)
        lines = RunFiles.lines(of: RunFiles.journal(copy.path, try #require(run.id))).count
    }

    /// A project whose run is done has the same rows, and after `runs clean` the same files.
    func expectSame(_ project: String, _ name: String) throws {
        let found = try StoredTables.rows(project)
        #expect(found == rows, "\(name)")
        let cleaned = try HostProcess.run(["runs", "clean", "--project", project])
        #expect(cleaned.status == 0, "\(name): \(cleaned.errors)")
        let names = ProjectFiles.names(project)
        #expect(names == files, "\(name): \(names.difference(from: files))")
    }
}
