import TauroModel
import Testing

/// Parameters get their values by name and type, and everything wrong is said at once.
struct ParameterBinderTests {
    private let signature = NodeSignature(
        name: "shop.clean",
        symbol: "clean",
        parameters: [
            .init(name: "count", type: .int64, defaultValue: .int64(10)),
            .init(name: "rate", type: .float64, defaultValue: .float64(0.5)),
            .init(name: "strict", type: .bool, defaultValue: .bool(false)),
            .init(name: "mode", type: .string, defaultValue: nil),
        ],
        plugin: .init(path: "/p/shop.so", name: "shop", version: "1", isSerial: false)
    )
    private let place = SourceLocation(file: "nodes.yaml", line: 3, column: 5)

    private func value(_ content: ConfigValue.Content, isSecret: Bool = false) -> ConfigValue {
        ConfigValue(content, at: place, isSecret: isSecret)
    }

    private func bind(_ layers: ParameterLayers) -> ParameterBinder.Outcome {
        ParameterBinder(signature: signature, node: "extract", location: place).bind(layers)
    }

    /// What one value of one parameter gives: the value, or the words of the diagnostic after "found".
    private func bind(_ name: String, _ content: ConfigValue.Content) -> String {
        var node = [name: value(content)]
        node["mode"] = node["mode"] ?? value(.string("x"))
        return told(bind(ParameterLayers(node: node)), name)
    }

    private func bind(_ name: String, text: String) -> String {
        told(bind(ParameterLayers(node: ["mode": value(.string("x"))], commandLine: [(name, text)])), name)
    }

    private func told(_ outcome: ParameterBinder.Outcome, _ name: String) -> String {
        if let diagnostic = outcome.diagnostics.first { return diagnostic.message }
        return outcome.parameters.first { $0.name == name }.map { "\($0.value)" } ?? "none"
    }

    @Test func nearerLayersWinAndTheOriginIsKept() {
        let outcome = bind(
            ParameterLayers(
                globalSettings: [
                    "count": value(.integer(1)), "rate": value(.double(1.5)), "strict": value(.bool(true)),
                ],
                pipeline: ["count": value(.integer(2)), "rate": value(.double(2.5)), "other": value(.null)],
                node: ["count": value(.integer(3)), "mode": value(.string("a"), isSecret: true)],
                commandLine: [("count", "4"), ("count", "5")]
            )
        )
        #expect(outcome.diagnostics.isEmpty)
        #expect(
            outcome.parameters == [
                BoundParameter(name: "count", value: .int64(5), origin: .commandLine),
                BoundParameter(name: "rate", value: .float64(2.5), origin: .pipeline, at: place),
                BoundParameter(name: "strict", value: .bool(true), origin: .globalSettings, at: place),
                BoundParameter(name: "mode", value: .string("a"), origin: .node, at: place, isSecret: true),
            ]
        )
        let plain = bind(ParameterLayers(node: ["mode": value(.string(""))]))
        #expect(plain.parameters.map(\.origin) == [.default, .default, .default, .node])
    }

    @Test func everyProblemIsSaidAtOnce() {
        let outcome = bind(
            ParameterLayers(
                pipeline: ["rate": value(.string("fast"))],
                node: ["coutn": value(.integer(1)), "strict": value(.string("yes"))],
                commandLine: [("zzz", "1")]
            )
        )
        #expect(
            outcome.diagnostics.map(\.message) == [
                "extract() got an unexpected keyword argument 'coutn'; did you mean 'count'?",
                "extract() got an unexpected keyword argument 'zzz'",
                "parameter 'rate' of node 'extract': expected a number (f64), found the text \"fast\"",
                "parameter 'strict' of node 'extract': expected true or false (bool), found the text \"yes\"",
                "extract() missing 1 required keyword argument: 'mode', a text (str)",
            ]
        )
        #expect(outcome.diagnostics.allSatisfy { $0.severity == .error && $0.kind == .validation })
        #expect(
            outcome.diagnostics.map(\.location?.file) == [
                "nodes.yaml", "--param", "nodes.yaml", "nodes.yaml", "nodes.yaml",
            ]
        )
        #expect(
            outcome.diagnostics[0].notes == [
                "the function 'shop.clean' in /p/shop.so declares: count: i64 = 10, rate: f64 = 0.5, strict: bool = false, "
                    + "mode: str"
            ]
        )
    }

    @Test func onlyExactWholeNumbersBecomeF64() {
        #expect(bind("rate", .integer(1 << 53)) == "float64(9007199254740992.0)")
        #expect(bind("rate", .integer(-(1 << 53))) == "float64(-9007199254740992.0)")
        #expect(bind("rate", .integer((1 << 53) + 1)).hasSuffix("found 9007199254740993, which no f64 holds exactly"))
        #expect(bind("rate", text: "9007199254740993").contains("expected a number (f64), found the text"))
        #expect(bind("rate", .double(.nan)) == "float64(nan)")
        #expect(bind("rate", .double(-.infinity)) == "float64(-inf)")
    }

    @Test func nothingElseConverts() {
        #expect(bind("count", .double(1)).hasSuffix("expected a whole number (i64), found the number 1.0"))
        #expect(bind("count", .string("abc")).hasSuffix("expected a whole number (i64), found the text \"abc\""))
        #expect(bind("count", .bool(true)).hasSuffix("found true"))
        #expect(bind("count", .null).hasSuffix("found null"))
        #expect(bind("strict", .integer(1)).hasSuffix("found the whole number 1"))
        #expect(bind("mode", .integer(1)).hasSuffix("expected a text (str), found the whole number 1"))
        #expect(bind("mode", .list([])).hasSuffix("found a list"))
        #expect(bind("mode", .map([])).hasSuffix("found a map"))
        #expect(bind("mode", .string("a\0b")).hasSuffix("found a text with a NUL inside"))
    }

    @Test func commandLineTextIsReadByTheDeclaredType() {
        #expect(bind("count", text: "-9223372036854775808") == "int64(-9223372036854775808)")
        #expect(bind("count", text: "0x10") == "int64(16)")
        #expect(bind("rate", text: "1e-3") == "float64(0.001)")
        #expect(bind("rate", text: "7") == "float64(7.0)")
        #expect(bind("rate", text: ".nan") == "float64(nan)")
        #expect(bind("rate", text: "-.inf") == "float64(-inf)")
        #expect(bind("strict", text: "true") == "bool(true)")
        #expect(bind("mode", text: "a=b, c") == "string(\"a=b, c\")")
        for (name, text) in [
            ("count", "9223372036854775808"), ("count", "1.5"), ("count", "0x-1"), ("count", ""), ("rate", "nan"),
            ("rate", "inf"), ("rate", "1e999"), ("rate", "0x1p3"), ("strict", "yes"), ("strict", "1"),
            ("strict", "True"),
        ] {
            #expect(bind(name, text: text).contains("found the text \"\(text)\""), "\(name)=\(text)")
        }
    }

    @Test func secretsAreNeverShown() {
        let outcome = bind(
            ParameterLayers(node: ["mode": value(.string("x")), "count": value(.string("hunter2"), isSecret: true)])
        )
        #expect(outcome.diagnostics.map(\.message).joined().contains("found a secret of another type"))
        #expect(!outcome.diagnostics.map { "\($0)" }.joined().contains("hunter2"))
    }
}
