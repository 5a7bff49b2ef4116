import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// A pipeline whose functions can not be trusted has no plan.
@Suite struct PlanTrustTests {
    private func plan(
        _ fixture: PipelineFixture,
        refusals: [PluginRefusal] = [],
        lock: PluginLockState = .noLock,
        known: Bool = true
    ) -> PlanResult {
        var functions = known ? fixture.functions() : FakeSignatures([])
        functions.refusals = refusals
        functions.lockStates = [PipelineFixture.plugin.path: lock]
        var builder = PlanBuilder(
            context: fixture.context(),
            signatures: functions,
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p")
        )
        return builder.build()
    }

    private var twoNodes: PipelineFixture {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node("b")
        return fixture
    }

    private func untrusted(_ path: String, _ names: String...) -> PluginRefusal {
        PluginRefusal(path: path, reason: "is not trusted: \(path) is writable", cure: "chmod", untrusted: names)
    }

    @Test func aFunctionThatOnlyUntrustedFilesHaveIsAMatterOfSecurity() {
        let refusals = [untrusted("/p/x.so", "test.a"), untrusted("/p/y.so", "test.a", "test.b")]
        let result = plan(twoNodes, refusals: refusals, known: false)
        #expect(result.plan == nil)
        #expect(result.diagnostics.allSatisfy { $0.kind == .security && $0.severity == .error })
        #expect(
            result.diagnostics.map(\.message) == [
                "Node 'a': 'test.a' is in a plugin that is not trusted",
                "Node 'b': 'test.b' is in a plugin that is not trusted",
            ]
        )
        #expect(
            result.diagnostics.first?.notes == [
                "/p/x.so: is not trusted: /p/x.so is writable", "chmod", "/p/y.so: is not trusted: /p/y.so is writable",
                "chmod",
            ]
        )
    }

    @Test func anUntrustedFileThatNobodyNeedsDoesNotMatter() {
        #expect(plan(twoNodes, refusals: [untrusted("/p/x.so", "test.a", "test.z")]).plan != nil)
        let refusals = [untrusted("/p/x.so", "test.z")]
        let unknown = plan(twoNodes, refusals: refusals, known: false)
        #expect(unknown.diagnostics.allSatisfy { $0.kind == .validation })
        #expect(
            unknown.diagnostics.first?.notes.last == "not taken: /p/x.so: is not trusted: /p/x.so is writable; chmod"
        )
    }

    @Test func aPluginThatIsNotTheLockedOneIsToldOnceWithBothDigests() {
        let result = plan(twoNodes, lock: .differs(locked: "aa", found: "bb"))
        #expect(result.plan == nil && result.diagnostics.count == 1)
        #expect(result.diagnostics.first?.kind == .security)
        #expect(
            result.diagnostics.first?.message
                == "the plugin /project/plugins/test.so is not the one that tauro.lock names"
        )
        #expect(
            result.diagnostics.first?.notes == [
                "locked: sha256 aa", "found:  sha256 bb", "needed by: a, b",
                "put the locked file back, or accept it with `tauro-host plugins lock --update`",
            ]
        )
    }

    @Test(arguments: [
        (PluginLockState.unlisted(found: "bb"), "is not in tauro.lock"),
        (.unreadable("can not be read: gone"), "can not be read: gone"),
    ])
    func whatTheLockCanNotVouchForIsRefused(state: PluginLockState, sentence: String) {
        let result = plan(twoNodes, lock: state)
        #expect(result.plan == nil)
        #expect(result.diagnostics.map(\.message) == ["the plugin /project/plugins/test.so \(sentence)"])
        #expect(result.diagnostics.map(\.kind) == [.security])
    }

    @Test func aPluginThatIsTheLockedOneRuns() {
        #expect(plan(twoNodes, lock: .matches(sha256: "aa")).plan != nil)
    }
}
