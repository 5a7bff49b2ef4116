import Foundation
import TauroBasics
import TauroConfig
import TauroModel
import TauroTesting
import Testing

/// Whatever is changed in a document, reading it ends, with values or with a place, and takes little memory.
///
/// A million cases with TAURO_TEST_LONG=1; run it with the address sanitizer.
@Suite struct YAMLMutationTests {
    private static let shards = 4
    /// One of how many cases of the sample is tried: few under the thread sanitizer, which has nothing to see in one thread.
    private static let share = Sanitizer.current == .thread ? 10 : 1
    /// Cases of all shards of one test; three tests make the million.
    private static let yamlCases = TestSeed.isLong ? 800_000 : 12_000 / share
    private static let jsonCases = TestSeed.isLong ? 160_000 : 4_000 / share
    private static let projectCases = TestSeed.isLong ? 40_000 : 800

    @Test(.timeLimit(.minutes(TestSeed.patience)), arguments: 0..<shards) func changedYAML(shard: Int) async {
        // In a process of its own, whose memory no other test takes part of.
        await #expect(processExitsWith: .success) { [shard = shard as Int] in
            let seed = YAMLMutationTests.seed(shard)
            let mutation = DocumentMutation(MutationCorpus.yaml, pieces: MutationCorpus.yamlPieces, seed: seed)
            YAMLMutationTests.read(YAMLMutationTests.yamlCases, mutation, ReadDocument.init(yaml:))
        }
    }

    @Test(.timeLimit(.minutes(TestSeed.patience)), arguments: 0..<shards) func changedJSON(shard: Int) async {
        await #expect(processExitsWith: .success) { [shard = shard as Int] in
            let seed = YAMLMutationTests.seed(shard)
            let mutation = DocumentMutation(MutationCorpus.json, pieces: MutationCorpus.jsonPieces, seed: seed)
            YAMLMutationTests.read(YAMLMutationTests.jsonCases, mutation, ReadDocument.init(json:))
        }
    }

    /// The whole way of a project: sections, references, keys and types.
    @Test(.timeLimit(.minutes(TestSeed.patience)), arguments: 0..<shards) func changedProject(shard: Int) throws {
        let project = try TemporaryProject([:])
        var mutation = DocumentMutation(
            MutationCorpus.projects,
            pieces: MutationCorpus.yamlPieces + MutationCorpus.projectPieces,
            seed: YAMLMutationTests.seed(shard)
        )
        let place = "seed \(YAMLMutationTests.seed(shard))"
        var usable = 0
        let count = YAMLMutationTests.projectCases / YAMLMutationTests.shards
        for number in 0..<count {
            try Data(mutation.next()).write(to: URL(fileURLWithPath: project.directory + "/project.yaml"))
            let outcome = project.loadFile("project.yaml")
            if outcome.context != nil { usable += 1 }
            let errors = outcome.diagnostics.filter { $0.severity == .error }
            #expect((outcome.context == nil) == !errors.isEmpty, "case \(number) of \(place)")
            #expect(errors.allSatisfy { $0.location != nil && !$0.message.isEmpty }, "case \(number) of \(place)")
        }
        #expect(usable > 0 && usable < count, "\(place)")
    }

    private static func seed(_ shard: Int) -> UInt64 { TestSeed.value &+ UInt64(shard) &* 0x1_0000_0001 }

    private static func read(_ cases: Int, _ mutation: DocumentMutation, _ read: ([UInt8]) -> ReadDocument) {
        var mutation = mutation
        let memory = PeakMemory.ofProcess()
        var refused = 0
        let count = cases / YAMLMutationTests.shards
        for number in 0..<count {
            let bytes = mutation.next()
            let document = read(bytes)
            if document.root == nil { refused += 1 }
            if let problem = YAMLMutationTests.problem(of: document, bytes) {
                let text = String(decoding: bytes, as: UTF8.self)
                Issue.record("case \(number): \(problem), in \(text.debugDescription)")
            }
        }
        // Neither all nor none: the changes hit what is checked, and get past what is not.
        #expect(refused > count / 10 && refused < count * 19 / 20, "\(refused) of \(count) refused")
        // A sanitizer keeps what was freed for a while.
        #expect(PeakMemory.ofProcess() - memory < (Sanitizer.current == nil ? 256 << 20 : 1 << 30))
    }

    /// What is wrong with what was made of a document; the work is measured in what it left behind, not in time.
    private static func problem(of document: ReadDocument, _ bytes: [UInt8]) -> String? {
        if document.root == nil, !document.diagnostics.contains(where: { $0.severity == .error }) {
            return "it was refused without a reason"
        }
        if document.diagnostics.count > bytes.count + 1 { return "\(document.diagnostics.count) findings" }
        let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D || $0 >= 0x80 }
        for finding in document.diagnostics {
            guard let place = finding.location, (1...lines).contains(place.line),
                (1...bytes.count + 1).contains(place.column)
            else { return "a finding is not in the document: \(finding)" }
        }
        guard let root = document.root else { return nil }
        let limit = bytes.count + 2 + (bytes.contains(UInt8(ascii: "*")) ? maximumExpansion : 0)
        return count(root, limit: limit + 1) > limit ? "more than \(limit) values" : nil
    }

    /// What the reader lets aliases repeat.
    private static let maximumExpansion = 1_000_000

    /// How many values there are, counted up to a limit.
    private static func count(_ value: ConfigValue, limit: Int) -> Int {
        var total = 1
        switch value.content {
        case .list(let items): for item in items where total < limit { total += count(item, limit: limit - total) }
        case .map(let entries):
            for entry in entries where total < limit { total += count(entry.value, limit: limit - total) }
        default: break
        }
        return total
    }
}
