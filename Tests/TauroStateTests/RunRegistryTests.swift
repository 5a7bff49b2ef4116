import TauroBasics
import TauroModel
import TauroState
import Testing

@Suite struct RunRegistryTests {
    private let project: TemporaryProject
    private let registry: RunRegistry

    init() throws {
        project = try TemporaryProject()
        registry = RunRegistry(project: project.path)
    }

    /// Makes a run that began at a second and whose host is gone, unless the caller keeps what this returns.
    @discardableResult
    private func make(
        _ id: String,
        pipeline: String = "daily",
        at second: Int64,
        _ entries: [JournalEntry] = []
    ) throws -> JournalFile {
        let record = RunFixture.record(id, pipeline: pipeline)
        let journal = try registry.directory(of: id).create(record, durability: .process)
        try journal.append([.hostBegan(RunFixture.host(at: second))] + entries)
        return journal
    }

    private func ended(_ status: RunSummary.Status, at second: Int64) -> JournalEntry {
        .runEnded(RunEnding(status: status, at: RunFixture.moment(second), seconds: 2.5, engineSeconds: 1))
    }

    private func started(_ node: String, at second: Int64) -> JournalEntry {
        .nodeStarted(node: node, attempt: 1, generation: 1, at: RunFixture.moment(second))
    }

    @Test func aProjectWithoutRunsHasNone() throws {
        #expect(try registry.runs() == [])
        #expect(try registry.last() == nil)
        #expect(try registry.removeStrays() == [])
    }

    @Test func theNewestRunComesFirst() throws {
        try make("b", at: 1, [ended(.completed, at: 5)])
        try make("a", pipeline: "weekly", at: 3, [ended(.failed, at: 4)])
        let living = try make("c", at: 2, [started("load", at: 9)])
        let runs = try registry.runs().compactMap(\.overview)
        #expect(runs.map(\.id) == ["a", "c", "b"])
        #expect(runs.map(\.status) == [.failed, .running, .completed])
        #expect(runs[2].startedAt == RunFixture.moment(1))
        #expect(runs[2].endedAt == RunFixture.moment(5))
        #expect(runs[2].seconds == 2.5)
        #expect(runs[2].host == RunFixture.host(at: 1))
        #expect(runs[1].endedAt == nil)
        #expect(runs[1].lastEntryAt == RunFixture.moment(9))
        #expect(try registry.last()?.id == "a")
        #expect(try registry.last(of: "daily")?.id == "c")
        #expect(try registry.last(of: "yearly") == nil)
        withExtendedLifetime(living) {}
    }

    @Test func anOverviewSaysWhatTheHistorySays() throws {
        let second = JournalEntry.hostBegan(RunFixture.host(42, at: 20))
        let many = (0..<200).map { started("node \($0)", at: 3) }
        let journals: [[JournalEntry]] = [
            [], [ended(.cancelled, at: 4)], many, many + [ended(.completed, at: 6)], [ended(.failed, at: 4), second],
            [ended(.failed, at: 4), second] + many + [ended(.completed, at: 30)], many + [second] + many,
            [.nodeCancelled(node: String(repeating: "long ", count: 9000), reason: "", at: RunFixture.moment(7))],
        ]
        for (index, entries) in journals.enumerated() {
            try make("r\(index)", at: 0, entries)
            let history = try registry.directory(of: "r\(index)").history()
            let overview = try #require(try registry.runs().compactMap(\.overview).first { $0.id == "r\(index)" })
            #expect(overview.status == history.status)
            #expect(overview.ending == history.ending)
            #expect(overview.lastEntryAt == history.lastEntryAt)
            #expect(overview.host == history.hosts.first)
            #expect(overview.pipeline == history.record.pipeline)
            #expect(overview.kind == history.record.kind)
        }
    }

    @Test func aTornEndIsPassedOver() throws {
        try make("r1", at: 1, [ended(.completed, at: 5)])
        let path = registry.directory(of: "r1").journalPath
        let whole = try FileSystem.read(path)
        try FileSystem.writeAtomically(whole + Array("{\"sum\":\"0".utf8), to: path)
        #expect(try registry.last()?.status == .completed)
    }

    @Test func whatCanNotBeUnderstoodHidesNothing() throws {
        try make("good", at: 1)
        try make("lost", at: 1)
        try FileSystem.removeFile(registry.directory(of: "lost").recordPath)
        try make("other", at: 1)
        try FileSystem.writeAtomically("{}", to: registry.directory(of: "other").recordPath)
        try make("moved", at: 1)
        try FileSystem.rename(registry.directory(of: "moved").path, to: registry.directory(of: "renamed").path)
        _ = try registry.directory(of: "unbegun").create(RunFixture.record("unbegun"), durability: .process)
        try FileSystem.makeDirectories(registry.directory(of: "calls-only").path)
        try FileSystem.writeAtomically("x", to: FilePath.join(registry.directory(of: "calls-only").path, "calls"))
        try FileSystem.writeAtomically(
            "x",
            to: FilePath.join(FilePath.parent(registry.directory(of: "x").path), "note.txt")
        )
        let runs = try registry.runs()
        #expect(runs.map(\.id) == ["good", "calls-only", "lost", "other", "renamed", "unbegun"])
        let reasons = runs.map { run -> String in
            if case .unreadable(_, let reason) = run { reason } else { "" }
        }
        #expect(
            reasons[1].hasSuffix(
                "has no plan.json, so it is no run that can be understood; remove it if you do not need it"
            )
        )
        #expect(reasons[2] == reasons[1].replacing("calls-only", with: "lost"))
        #expect(reasons[3] == "plan.json does not begin like one")
        #expect(reasons[4].hasSuffix("is that of another run, 'moved'"))
        #expect(reasons[5].hasPrefix("no host has begun run 'unbegun'"))
    }

    @Test func aRunIsRemovedWithAllItsFiles() throws {
        try make("r1", at: 1)
        try make("r2", at: 2)
        try registry.remove("r1")
        #expect(try FileSystem.list(FilePath.parent(registry.directory(of: "r1").path)) == ["r2"])
        let error = #expect(throws: ResourceError.self) { try registry.remove("r1") }
        #expect(error?.message.hasPrefix("there is no run 'r1' in ") == true)
    }

    @Test func aRunThatLivesIsNotRemoved() throws {
        let journal = try make("r1", at: 1)
        let error = #expect(throws: ResourceError.self) { try registry.remove("r1") }
        #expect(
            error?.message
                == "another host has run 'r1': process 41 on machine m, since 2026-01-01T00:00:01.000Z; wait until it has "
                + "come to its end, or stop that process, then remove run 'r1' again"
        )
        #expect(try registry.last()?.id == "r1")
        withExtendedLifetime(journal) {}
    }

    @Test func whatCanNotBeUnderstoodIsRemovedToo() throws {
        try make("r1", at: 1)
        try FileSystem.writeAtomically("noise\n", to: registry.directory(of: "r1").journalPath)
        try registry.remove("r1")
        try make("r2", at: 1)
        try FileSystem.removeFile(registry.directory(of: "r2").journalPath)
        try registry.remove("r2")
        #expect(try registry.runs() == [])
    }

    @Test(arguments: ["", ".", "..", "../..", "a/b", ".removed-r1"])
    func onlyRunsAreRemoved(run: String) throws {
        try make("r1", at: 1)
        #expect(throws: ResourceError.self) { try registry.remove(run) }
        #expect(try registry.last()?.id == "r1")
    }

    @Test func whatNoRunOwnsIsSwept() throws {
        try make("r1", at: 1)
        let runs = FilePath.parent(registry.directory(of: "r1").path)
        for name in ["empty", "half", "calls-only", ".removed-r9", ".git"] {
            try FileSystem.makeDirectories(FilePath.join(runs, name))
        }
        try FileSystem.writeAtomically("", to: FilePath.join(runs, "half/.plan.json.1a.tmp"))
        try FileSystem.writeAtomically("", to: FilePath.join(runs, "calls-only/crashed.calls"))
        try FileSystem.writeAtomically("", to: FilePath.join(runs, ".removed-r9/journal.jsonl"))
        try FileSystem.writeAtomically("", to: FilePath.join(runs, ".gitignore"))
        #expect(try registry.removeStrays() == [".removed-r9", "empty", "half"].map { FilePath.join(runs, $0) })
        #expect(try FileSystem.list(runs) == [".git", ".gitignore", "calls-only", "r1"])
    }

    @Test func aDirectoryThatIsBeingMadeIsNotSwept() throws {
        let path = registry.directory(of: "r1").path
        try FileSystem.makeDirectories(path)
        let lock = try #require(try DirectoryLock(path))
        #expect(try registry.removeStrays() == [])
        withExtendedLifetime(lock) {}
        #expect(FileSystem.exists(path))
    }
}
