import TauroBasics

@testable import TauroConfig

/// One small document that the loader and the schema must think alike about.
struct SchemaCase {
    let section: ConfigSection
    let document: JSONValue
    /// What was done, for messages.
    let label: String
}

/// Makes documents from the description of the keys: good ones, and ones with a single mistake.
struct SchemaCases {
    private(set) var cases: [SchemaCase] = []
    private var visited: Set<String> = []
    private var visitedKeys: Set<String> = []

    /// Cases for every key of every key set, each key set once.
    static let all: [SchemaCase] = {
        var maker = SchemaCases()
        for section in ConfigSection.allCases {
            maker.visit(section.keySet, of: section) { section.holdsEntries ? .object([.init("extract", $0)]) : $0 }
        }
        return maker.cases
    }()

    private static let wrongValues: [JSONValue] = [
        5, 0, -1, 1.5, true, "word", "", [], [5], ["a", "b"], [nil], .object([]), ["word": 5], ["word": ["a"]], nil,
        "${NUMBER:-1}", "a${NUMBER:-1}", "$${NUMBER}",
    ]

    private mutating func visit(
        _ keySet: ConfigKeySet,
        of section: ConfigSection,
        _ place: @escaping (JSONValue) -> JSONValue
    ) {
        if !visited.insert(keySet.schemaName).inserted { return }
        let base = Self.least(keySet)
        func add(_ label: String, _ members: [JSONValue.Member]) {
            cases.append(
                SchemaCase(section: section, document: place(.object(members)), label: "\(keySet.title): \(label)")
            )
        }
        add("nothing but what is required", base)
        add("a key that nobody knows", base + [.init("zzz_unknown", 1)])
        for required in base { add("without \(required.key)", base.filter { $0.key != required.key }) }
        // Keys that several sets share are one description, which needs to be held to the loader once.
        for key in keySet.keys where visitedKeys.insert("\(key.name): \(key.summary)").inserted {
            let rivals = keySet.choice.map { $0.isExclusive && $0.names.contains(key.name) ? $0.names : [] } ?? []
            let others = base.filter { $0.key != key.name && !rivals.contains($0.key) }
            let samples = Self.samples(key.type)
            for sample in samples {
                for spelling in key.spellings {
                    add("\(spelling) \(sample.text())", others + [.init(spelling, sample)])
                }
            }
            for alias in key.aliases {
                add("\(alias) twice", others + [.init(key.name, samples[0]), .init(alias, samples[0])])
            }
            for value in Self.wrongValues { add("\(key.name) \(value.text())", others + [.init(key.name, value)]) }
            visitInside(key.type, of: section) { place(.object(others + [.init(key.name, $0)])) }
        }
    }

    private mutating func visitInside(
        _ type: ConfigType,
        of section: ConfigSection,
        _ place: @escaping (JSONValue) -> JSONValue
    ) {
        switch type {
        case .keys(let keySet): visit(keySet, of: section, place)
        case .mapOf(let inner): visitInside(inner, of: section) { place(.object([.init("some_name", $0)])) }
        case .listOf(let inner): visitInside(inner, of: section) { place([$0]) }
        case .either(let types): for inner in types { visitInside(inner, of: section, place) }
        default: break
        }
    }

    /// The keys that have to be there, each with its first sample.
    private static func least(_ keySet: ConfigKeySet) -> [JSONValue.Member] {
        let chosen = keySet.choice?.names.first
        return keySet.keys.compactMap { key in
            if key.name == chosen { return .init(key.name, samples(key.type)[0]) }
            return switch key.presence {
            case .optional, .requiredWhere: nil
            case .required, .requiredUnless: .init(key.name, samples(key.type)[0])
            }
        }
    }

    /// Values of each form that the type takes.
    private static func samples(_ type: ConfigType) -> [JSONValue] {
        switch type {
        case .text, .confidentialText: ["x"]
        case .wholeNumber(let least, let most): [.integer(min(max(least, 3), most))]
        case .share: [0, 1, 0.5, true]
        case .number(let least): [.integer(Int64(max(least, 2))), .double(max(least, 2.5))]
        case .byteCount: [1024, "512 MiB", "1.5gb"]
        case .flag: [true, false]
        case .scalar: ["x", 3, 2.5, true]
        case .day: ["2026-01-31"]
        case .interval: ["10 seconds", "1 MINUTE"]
        case .word(let words): words.map(JSONValue.string)
        case .texts: ["x", ["x", "y"], []]
        case .names: ["extract", ["extract"], ["extract", ["transform": nil]], ["extract": [:]], [7]]
        case .map: [["a": 1], [:]]
        case .mapOf(let inner): [.object([.init("a", samples(inner)[0])]), [:]]
        case .listOf(let inner): [[samples(inner)[0]], []]
        case .keys(let keySet): [.object(least(keySet))]
        case .either(let types): types.flatMap(samples)
        case .anything: [1, ["a": []], "x"]
        }
    }
}
