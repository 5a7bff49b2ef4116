import Foundation
import Testing

/// `plan --format graph`: what is drawn can be read, and is true.
@Suite struct DrawnPlanTests {
    private static let source = """
        #include <tauro/tauro.h>
        TAURO_NODE(d_any, "d.any", TAURO_FRAMES(parts)) { (void)parts; return tauro_fail(call, TAURO_E_INTERNAL, "never run"); }
        """

    /// A project of nodes that depend on the named ones before them.
    private func project(_ nodes: [(name: String, dependencies: [String])]) throws -> TestProject {
        let lines = nodes.map { node in
            let needs = node.dependencies.joined(separator: ", ")
            return "\(node.name): {function: d.any, output: out.\(node.name), dependencies: [\(needs)]}\n"
        }
        let project = try TestProject(nodes: lines.joined(), pipeline: nodes.map(\.name))
        try project.plugin("d", Self.source)
        return project
    }

    private func draw(_ project: TestProject, width: Int, locale: String = "C.UTF-8") throws -> HostProcess.Result {
        try project.host(
            "plan",
            "p",
            "--format",
            "graph",
            environment: ["COLUMNS": "\(width)", "LC_ALL": locale]
        )
    }

    private let flights: [(name: String, dependencies: [String])] = [
        ("extract_flights", []), ("extract_weather", []), ("clean_flights", ["extract_flights"]),
        ("join_weather", ["clean_flights", "extract_weather"]), ("delays_by_carrier", ["join_weather"]),
        ("delays_by_hour", ["join_weather"]), ("worst_routes", ["join_weather"]),
    ]

    @Test func aSmallPipelineIsDrawn() throws {
        let project = try project(flights)
        try Snapshot.check("graph-7", draw(project, width: 80), replacing: [:])
        try Snapshot.check("graph-7-ascii", draw(project, width: 80, locale: "C"), replacing: [:])
        try Snapshot.check("graph-7-narrow", draw(project, width: 30), replacing: [:])
    }

    /// Sixty nodes in four layers, some of which read across a layer.
    private func layers() -> [(name: String, dependencies: [String])] {
        (0..<60).map { number in
            let layer = number / 15
            let before = layer == 0 ? [] : [number - 15, number % 3 == 0 ? number - 14 - layer : number - 15]
            let across = layer == 3 && number % 4 == 0 ? [number - 45] : []
            let names = Array(Set(before + across)).sorted().map { "step_\($0)" }
            return ("step_\(number)", names)
        }
    }

    @Test func sixtyNodesStayReadable() throws {
        let project = try project(layers())
        for width in [50, 80, 120] {
            let result = try draw(project, width: width)
            try Snapshot.check("graph-60-\(width)", result, replacing: [:])
            #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= width })
        }
    }

    @Test func aDrawingSaysExactlyWhatDependsOnWhat() throws {
        let seed =
            ProcessInfo.processInfo.environment["TAURO_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...9999)
        print("TAURO_TEST_SEED=\(seed)")
        for round in 0..<4 {
            var state = seed &* 8 &+ UInt64(round)
            func chance(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int((state >> 33) % UInt64(bound))
            }
            let nodes = (0..<40).map { number -> (name: String, dependencies: [String]) in
                let needs = number == 0 ? [] : (0..<chance(4)).map { _ in chance(number) }
                return ("n\(number)", Set(needs).sorted().map { "n\($0)" })
            }
            let project = try project(nodes)
            for width in [44, 60, 200] {
                let drawn = try DrawnGraph(draw(project, width: width).output).dependencies
                for node in nodes { #expect(drawn[node.name] == Set(node.dependencies), "seed \(seed), \(node.name)") }
            }
        }
    }
}

/// Reads a drawing back: follows the rails down, line by line, as an eye does.
private struct DrawnGraph {
    private(set) var dependencies: [String: Set<String>] = [:]

    init(_ text: String) {
        var rails: [Int: String] = [:]
        var names: [String: String] = [:]
        var distant: [(name: String, numbers: [String])] = []
        for line in text.split(separator: "\n") where !line.contains("critical path") {
            guard let digit = line.firstIndex(where: { $0.isNumber }), let node = line.firstIndex(where: "●◆".contains),
                node < digit
            else { continue }
            let cells = Array(line[..<digit])
            let words = line[digit...].split(separator: " ")
            let name = String(words[1])
            names[String(words[0])] = name
            var found: Set<String> = []
            for column in stride(from: 0, to: cells.count, by: 2) {
                switch cells[column] {
                case "●", "◆":
                    if let above = rails[column] { found.insert(above) }
                    rails[column] = name
                case "├", "┤", "┼": found.insert(rails[column] ?? "nothing above")
                case "╰", "╯", "┴": found.insert(rails.removeValue(forKey: column) ?? "nothing above")
                case "│": break
                default: rails[column] = nil
                }
            }
            for column in rails.keys where column >= cells.count { rails[column] = nil }
            dependencies[name] = found
            if words.count > 2, words[2] == "←" {
                let numbers = words.dropFirst(3).prefix { $0.allSatisfy { $0.isNumber || $0 == "," } }
                distant.append((name, numbers.map { $0.filter(\.isNumber) }))
            }
        }
        for (name, numbers) in distant {
            for number in numbers { dependencies[name]?.insert(names[number] ?? "no such number") }
        }
    }
}
