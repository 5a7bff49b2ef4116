import TauroState
import Testing

@Suite struct RunDirectoryTests {
    @Test func liesBelowItsProject() {
        #expect(RunDirectory(project: "/data/shop", run: "r1").path == "/data/shop/.tauro/runs/r1")
    }
}
