import TauroBasics
import TauroModel

/// The beginning of a run's record: what lists of runs show, read without the plan that follows.
struct RecordHead {
    /// How many bytes are always enough for it, except with names of monstrous length.
    static let size = 16 << 10

    let id: String
    let pipeline: String
    let kind: PipelineDefinition.Kind

    /// Reads the first bytes of `plan.json`; what follows the head may be cut off anywhere.
    ///
    /// - Throws: `UnreadableRun`.
    init(_ bytes: [UInt8]) throws(UnreadableRun) {
        let members = RecordHead.members(bytes)
        guard let format = members["format"]?.integer else { throw UnreadableRun("plan.json does not begin like one") }
        try RunRecord.check(format)
        guard let id = members["id"]?.text, let pipeline = members["pipeline"]?.text,
            let kind = members["type"]?.text.flatMap(PipelineDefinition.Kind.init(rawValue:))
        else { throw UnreadableRun("plan.json does not say first of which run and pipeline it is") }
        self.id = id
        self.pipeline = pipeline
        self.kind = kind
    }

    /// The first members of an object, up to one that is no number or text.
    private static func members(_ bytes: [UInt8]) -> [String: JSONValue] {
        var reader = JSONReader(bytes)
        var members: [String: JSONValue] = [:]
        guard let first = try? reader.next(), first == .beginObject else { return members }
        while let event = try? reader.next(), case .key(let key) = event, let value = try? reader.next() {
            switch value {
            case .integer(let number): members[key] = .integer(number)
            case .string(let text): members[key] = .string(text)
            case .null: break
            default: return members
            }
        }
        return members
    }
}
