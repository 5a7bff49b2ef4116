import TauroBasics
import TauroModel

/// Turns what a call says about nodes into a set of nodes, or says what is wrong with it.
struct SelectionReader {
    /// The nodes that are wanted; empty where a finding says why there are none.
    private(set) var selected: Set<Int> = []
    /// Everything that is wrong, each an error.
    private(set) var findings: [Diagnostic] = []

    private let selector: NodeSelector
    private let pipeline: String
    /// What each option that was given selects, in words and as nodes.
    private var parts: [(words: String, nodes: Set<Int>)] = []

    init(_ request: SelectionRequest, selector: NodeSelector, pipeline: String) {
        self.selector = selector
        self.pipeline = pipeline
        var kinds = [expressions(request.expressions, "--select")]
        kinds.append(plain(request.fromNodes, "--from-node") { Selector(.name, $0, downstream: .all) })
        kinds.append(plain(request.toNodes, "--to-node") { Selector(.name, $0, upstream: .all) })
        kinds.append(plain(request.nodes, "--node") { Selector(.name, $0) })
        kinds.append(plain(request.tags, "--tag") { Selector(.tag, $0) })
        let given = kinds.compactMap(\.self)
        let excluded = expressions(request.exclusions, "--exclude") ?? []
        if !findings.isEmpty { return }
        var common = given.first ?? Set(selector.matches(Selector(.name, "*")))
        for nodes in given.dropFirst() { common.formIntersection(nodes) }
        if common.isEmpty || common.isSubset(of: excluded) {
            complainEmpty(common.isEmpty)
        } else {
            selected = common.subtracting(excluded)
        }
    }

    private mutating func expressions(_ texts: [String], _ option: String) -> Set<Int>? {
        if texts.isEmpty { return nil }
        return texts.reduce(into: []) { $0.formUnion(expression($1, option)) }
    }

    private mutating func expression(_ text: String, _ option: String) -> Set<Int> {
        do throws(SelectorProblem) {
            let expression = try SelectorExpression(text)
            let unknown = expression.groups.joined().filter { selector.matches($0).isEmpty }
            for one in unknown { complainUnknown(one, option, of: text) }
            let nodes = selector.nodes(expression)
            if nodes.isEmpty && unknown.isEmpty {
                complain(
                    option,
                    .validation,
                    "'\(text)' selects nothing",
                    ["a comma asks for nodes of which both is so"]
                )
            }
            parts.append(("\(option) '\(text)'", nodes))
            return nodes
        } catch {
            complain(
                option,
                .configuration,
                "\(error.message), at character \(error.position) of '\(text)'",
                [error.cure]
            )
            return []
        }
    }

    private mutating func plain(_ texts: [String], _ option: String, _ make: (String) -> Selector) -> Set<Int>? {
        if texts.isEmpty { return nil }
        return texts.reduce(into: []) { found, text in
            let wanted = make(text)
            let nodes = selector.nodes(wanted)
            if nodes.isEmpty { complainUnknown(wanted, option, of: nil) }
            parts.append(("\(option) \(text)", nodes))
            found.formUnion(nodes)
        }
    }

    private mutating func complainUnknown(_ wanted: Selector, _ option: String, of expression: String?) {
        let text = wanted.pattern.text
        let known = selector.known(wanted.property)
        let place = expression.map { ", at character \(wanted.position) of '\($0)'" } ?? ""
        let what =
            switch wanted.property {
            case .name: wanted.pattern.isOpen ? "has no node that matches '\(text)'" : "has no node '\(text)'"
            case .tag: "has no node with the tag '\(text)'"
            case .output: "has no node that writes '\(text)'"
            case .function: "has no node that calls '\(text)'"
            }
        let nearest = NearestName.nearestFew(to: text, in: known)
        var notes = nearest.isEmpty ? [] : ["did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"]
        notes.append(known.isEmpty ? "there are none" : "there are: \(known.listed(atMost: 12))")
        complain(option, .configuration, "pipeline '\(pipeline)' \(what)\(place)", notes)
    }

    private mutating func complainEmpty(_ isEmptyBefore: Bool) {
        let facts = parts.map { "\($0.words) selects \($0.nodes.count == 1 ? "1 node" : "\($0.nodes.count) nodes")" }
        complain(
            "--select",
            .validation,
            isEmptyBefore ? "no node is in everything that was asked for" : "--exclude leaves no node",
            facts + (isEmptyBefore ? ["different options narrow each other; several of one kind add up"] : [])
        )
    }

    private mutating func complain(_ option: String, _ kind: Diagnostic.Kind, _ message: String, _ notes: [String]) {
        findings.append(Diagnostic(.error, kind, message, at: SourceLocation(file: option), notes: notes))
    }
}
