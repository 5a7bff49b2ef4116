import TauroBasics
import TauroModel
import Testing

@testable import TauroState

@Suite struct RunRecordTests {
    @Test func comesBackAsItWas() throws {
        let record = RunFixture.record(nodes: ["extract", "lo\"ad\n"], request: RunFixture.fullRequest)
        #expect(try RunRecord(JSONValue(parsing: record.json.text(.pretty))) == record)
        #expect(try RunRecord(JSONValue(parsing: RunFixture.record().json.text())) == RunFixture.record())
    }

    @Test func beginsWithWhatListsShow() {
        let text = RunFixture.record().json.text()
        #expect(text.hasPrefix(#"{"format":1,"id":"r1","pipeline":"daily","type":"batch","#))
    }

    @Test func aSecretIsNotKept() throws {
        var request = RunRequest()
        let place = SourceLocation(file: "--hyperparam")
        request.hyperparameters = ["key": ConfigValue(.string("hunter2"), at: place, isSecret: true)]
        let json = RunFixture.record(request: request).json
        #expect(!json.text().contains("hunter2"))
        #expect(throws: UnreadableRun.self) { try RunRecord(json) }
    }

    @Test func oneOfANewerVersionIsRefused() throws {
        let text = RunFixture.record().json.text().replacing(#""format":1"#, with: #""format":2"#)
        let error = #expect(throws: UnreadableRun.self) { try RunRecord(JSONValue(parsing: text)) }
        #expect(error?.reason == "a newer version of the host wrote plan.json: format 2; use that version")
    }

    @Test(arguments: ["id", "pipeline", "type", "engine", "max_workers", "request", "nodes"])
    func oneThatLacksSomethingIsRefused(name: String) throws {
        guard case .object(let members) = RunFixture.record().json else { return }
        #expect(throws: UnreadableRun.self) { try RunRecord(.object(members.filter { $0.key != name })) }
    }
}
