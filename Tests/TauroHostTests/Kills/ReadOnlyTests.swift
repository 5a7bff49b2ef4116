import Foundation
import Testing

/// A folder of outputs that can not be written: one clear error, and when it can the run is resumed to its end.
@Suite struct ReadOnlyTests {
    /// `$1` is the project, `$2` where the first run's words go.
    private static let script = #"""
        run=("$host" run p --project "$1" --progress none --format json)
        mkdir -p "$1/out"
        mount --bind "$1/out" "$1/out"
        mount -o remount,ro,bind "$1/out"
        status=0
        "${run[@]}" >"$2/output" 2>"$2/errors" || status=$?
        echo "$status" >"$2/status"
        umount "$1/out"
        "${run[@]}" --resume last
        """#

    @Test(.enabled(if: PrivateMounts.arePossible, "only root may mount something read-only"))
    func aReadOnlyFolderIsToldOfAndTheRunGoesOnAfter() throws {
        let gated = try GatedProject()
        try gated.open()
        let scratch = try Scratch()
        let resumed = try PrivateMounts.run(
            ReadOnlyTests.script,
            [gated.path, scratch.path],
            environment: gated.environment
        )
        let errors = try scratch.text("errors")
        #expect(try scratch.text("status") == "4\n", "\(errors)")
        #expect(errors.contains("'gold.first'") && errors.contains("Read-only file system"), "\(errors)")
        #expect(errors.components(separatedBy: "error: ").count == 2, "\(errors)")
        #expect(resumed.status == 0, "\(resumed.errors)")
        try expectStoredOnce(gated)
    }

    @Test func aFileInPlaceOfTheFolderIsToldOfAndTheRunGoesOnAfter() throws {
        let gated = try GatedProject()
        try gated.open()
        try gated.project.scratch.write("not a directory", to: "project/out/gold")
        let refused = try gated.start().end()
        #expect(refused.status == 4, "\(refused)")
        #expect(refused.errors.contains("'gold.first'") && refused.errors.contains("/out/gold"), "\(refused.errors)")
        #expect(refused.errors.components(separatedBy: "error: ").count == 2, "\(refused.errors)")
        try FileManager.default.removeItem(atPath: gated.path + "/out/gold")
        let resumed = try gated.start("--resume", "last").end()
        #expect(resumed.status == 0, "\(resumed.errors)")
        try expectStoredOnce(gated)
    }

    private func expectStoredOnce(_ gated: GatedProject) throws {
        let rows = try StoredTables.rowCounts(gated.path)
        #expect(rows == ["gold.first": 20, "gold.gate": 20, "gold.last": 20])
        let list = try gated.project.host("runs", "list", "--format", "json").output
        #expect(list.components(separatedBy: #""run_id""#).count == 2, "\(list)")
    }
}
