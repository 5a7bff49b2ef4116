import Glibc
import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroIO

@Suite struct StagingTests {
    private static let laterRun = "20260131T101112346Z-000000"

    private func staged(_ project: Project) throws -> StagedDirectory {
        let staged = try StagedDirectory(for: project["out/t"], runID: Project.runID)
        try FileSystem.writeAtomically("new", to: FilePath.join(staged.path, "new"))
        return staged
    }

    @Test func whatDeadRunsLeftIsSwept() throws {
        let project = try Project()
        try project.write("half", to: "out/.t.staging-dead-0/part")
        try project.write("other", to: "out/.u.staging-dead-0/part")
        try project.store(project.output())
        #expect(try FileSystem.list(project["out"]) == [".u.staging-dead-0", "t"])
    }

    @Test func whatLivingRunsStageStays() throws {
        let project = try Project()
        let first = try staged(project)
        let second = try staged(project)
        #expect(first.path != second.path && FileSystem.exists(first.path))
        try first.commit(replacing: true)
        try second.commit(replacing: true)
        #expect(try FileSystem.list(project["out"]) == ["t"])
    }

    @Test func aFailedStoreLeavesNothing() throws {
        let project = try Project()
        try project.store(project.output())
        let before = try FileSystem.list(project["out/t"])
        let engine = FakeEngine { throw DatasetError(.unwritable, "disk full") }
        #expect(
            project.message { try project.store(project.output(), engine: engine, runID: Self.laterRun) } == "disk full"
        )
        #expect(try FileSystem.list(project["out"]) == ["t"])
        #expect(try FileSystem.list(project["out/t"]) == before)
    }

    @Test func aTargetThatVanishesIsNoFailure() throws {
        let project = try Project()
        try project.write("old", to: "out/t/old")
        try staged(project).commit(replacing: true) { try FileSystem.removeTree(project["out/t"]) }
        #expect(try FileSystem.list(project["out/t"]) == ["new"])
    }

    @Test func aTargetThatAppearsIsReplaced() throws {
        let project = try Project()
        try staged(project).commit(replacing: true) { try FileSystem.makeDirectories(project["out/t"]) }
        #expect(try FileSystem.list(project["out/t"]) == ["new"])
        #expect(try FileSystem.list(project["out"]) == ["t"])
    }

    @Test func attemptsAreBounded() throws {
        let project = try Project()
        let staged = try staged(project)
        #expect(throws: SystemError.self) {
            try staged.commit(replacing: true) {
                if FileSystem.exists(project["out/t"]) {
                    try FileSystem.removeTree(project["out/t"])
                } else {
                    try FileSystem.makeDirectories(project["out/t"])
                }
            }
        }
    }

    @Test func aTargetThatAppearsStaysWhereItMayNotBeReplaced() throws {
        let project = try Project()
        let engine = FakeEngine { try project.write("theirs", to: "out/t/theirs") }
        let message = project.message { try project.store(project.output(mode: .error), engine: engine) }
        #expect(message.contains("exists already"))
        #expect(try FileSystem.list(project["out/t"]) == ["theirs"])
    }

    @Test func foreignFilesThatAppearMeanwhileStay() throws {
        let project = try Project()
        try project.store(project.output())
        let engine = FakeEngine { try project.write("theirs", to: "out/t/theirs") }
        let message = project.message { try project.store(project.output(), engine: engine, runID: Self.laterRun) }
        #expect(message.contains("'theirs'"))
        #expect(FileSystem.exists(project["out/t/theirs"]))
    }

    @Test func whatCanNotBeRemovedDoesNotFailTheCommit() throws {
        let project = try Project()
        try FileSystem.makeDirectories(project["out/t"])
        let staged = try staged(project)
        let tree = DeepTree(in: project["out/t"])
        try staged.commit(replacing: true)
        #expect(try FileSystem.list(project["out/t"]) == ["new"])
        #expect(try FileSystem.list(project["out"]).count == 2)
        tree.remove()
        try project.store(project.output(path: "out/u"))
        StagedDirectory.sweep(beside: project["out/t"])
        #expect(try FileSystem.list(project["out"]) == ["t", "u"])
    }

    /// What lies beside outputs at every depth, and in Delta tables; what lives, and what is none of ours, stays.
    @Test func strayDirectoriesOfAllOutputsAreFound() throws {
        let project = try Project()
        let strays = [
            "out/.a.staging-r1-0/part.csv", "out/dev/s/.t.staging-r1-0/x", "out/s/f/.t.staging-r2-17/x",
            "out/s/t/.tauro-staging-r1-00ff/x", "else/.where.staging-r1-0/x",
        ]
        let others = [
            "out/s/.t.staging-mine/x", "out/s/t/_delta_log/0.json", "else/.other.staging-r1-0/x", "else/where/x",
        ]
        for path in strays + others { try project.write("x", to: path) }
        try FileSystem.makeDirectories(project["out/s/.t.staging-r3-0"])
        let living = try DirectoryLock(project["out/s/.t.staging-r3-0"])
        var context = PipelineFixture().context()
        context.globalSettings.outputPath = project["out"]
        context.outputs = [project.output(path: "else/where"), project.output(path: "out/s/t")]
        let removed = OutputStrays.sweep(context).sorted()
        #expect(removed == strays.map { project[FilePath.parent($0)] }.sorted())
        for path in strays { #expect(!FileSystem.exists(project[FilePath.parent(path)])) }
        for path in others + ["out/s/.t.staging-r3-0"] { #expect(FileSystem.exists(project[path]), "\(path)") }
        #expect(OutputStrays.sweep(context) == [])
        withExtendedLifetime(living) {}
    }
}

/// Directories so deep that no path reaches their end, so that not even root can remove them by path.
private struct DeepTree {
    private static let name = String(repeating: "d", count: 250)
    private var descriptors: [Int32]

    init(in directory: String) {
        descriptors = [open(directory, O_RDONLY | O_DIRECTORY)]
        for _ in 0..<20 {
            let parent = descriptors[descriptors.count - 1]
            mkdirat(parent, DeepTree.name, 0o755)
            descriptors.append(openat(parent, DeepTree.name, O_RDONLY | O_DIRECTORY))
        }
    }

    func remove() {
        for descriptor in descriptors.dropLast().reversed() {
            unlinkat(descriptor, DeepTree.name, AT_REMOVEDIR)
        }
        for descriptor in descriptors { close(descriptor) }
    }
}
