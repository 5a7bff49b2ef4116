import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacrosGenericTestSupport
import Testing

@Suite("What @Node adds to a function")
struct NodeExpansionTests {
    @Test("the entry point and the note, to the letter")
    func wholeExpansion() {
        assertMacroExpansion(
            """
            @Node("a.b")
            func pass(_ rows: Frame) -> Frame { rows }
            """,
            expandedSource: """
                func pass(_ rows: Frame) -> Frame { rows }

                @c(tauro_node_a_b)
                nonisolated public func _tauroEntry_pass(_ _tauroCall: UnsafeRawPointer?, _ _tauro_rows: OpaquePointer?, \
                _ _tauroStart: UnsafePointer<CChar>?, _ _tauroEnd: UnsafePointer<CChar>?, \
                _ _tauroOut: UnsafeMutableRawPointer?) -> Int32 {
                    TauroSDK._NodeEntry.run(_tauroCall, _tauroStart, _tauroEnd, _tauroOut) { _tauroEntry in
                        try _tauroEntry.emit(pass(_tauroEntry.frame(_tauro_rows)))
                    }
                }

                @section(".note.tauro") @used
                private let _tauroNote_pass: (UInt32, UInt32, UInt32, InlineArray<8, UInt8>, \
                InlineArray<40, UInt8>) = (6, 40, 65536, [84, 65, 85, 82, 79, 0, 0, 0], \
                [110, 111, 100, 101, 9, 97, 46, 98, 9, 116, 97, 117, 114, 111, 95, 110, 111, 100, 101, 95, 97, 95, 98, \
                10, 105, 110, 9, 102, 114, 97, 109, 101, 9, 114, 111, 119, 115, 10, 0, 0])
                """,
            macroSpecs: tauroMacros.mapValues { MacroSpec(type: $0) },
            failureHandler: { Issue.record("\($0.message)") }
        )
    }

    @Test("arguments keep the order of abi.h in C and the author's in Swift")
    func argumentOrder() {
        let expansion = Expansion(
            """
            @Node("a.b")
            func many(limit: Int64, call: Call, _ one: Frame, name text: String = "x", ml: MLContext?,
                      model: Artifact, ratio: Double = 1.5, flag: Bool = true, rest: [Frame]) throws -> Artifact {}
            """
        )
        #expect(expansion.complaints.isEmpty)
        let inC = """
            (_ _tauroCall: UnsafeRawPointer?, _ _tauro_one: OpaquePointer?, _ _tauro_model: OpaquePointer?, \
            _ _tauro_rest: UnsafeRawPointer?, _ _tauroStart: UnsafePointer<CChar>?, \
            _ _tauroEnd: UnsafePointer<CChar>?, _ _tauroML: UnsafeRawPointer?, _ _tauro_limit: Int64, \
            _ _tauro_text: UnsafePointer<CChar>?, _ _tauro_ratio: Double, _ _tauro_flag: Bool, \
            _ _tauroOut: UnsafeMutableRawPointer?) -> Int32
            """
        #expect(expansion.text.contains(inC))
        let inSwift = """
            many(limit: _tauro_limit, call: _tauroEntry.call, _tauroEntry.frame(_tauro_one), \
            name: _tauroEntry.string(_tauro_text), ml: _tauroEntry.ml(_tauroML), \
            model: _tauroEntry.artifact(_tauro_model), ratio: _tauro_ratio, flag: _tauro_flag, \
            rest: _tauroEntry.frames(_tauro_rest))
            """
        #expect(expansion.text.contains(inSwift))
        #expect(
            expansion.note == """
                node\ta.b\ttauro_node_a_b
                returns\tartifact
                in\tframe\tone
                in\tartifact\tmodel
                in\tframes\trest
                ml
                param\ti64\tlimit\tTAURO_REQUIRED
                param\tstr\ttext\t"x"
                param\tf64\tratio\t1.5
                param\tbool\tflag\ttrue

                """
        )
    }

    @Test(
        "what a function returns",
        arguments: [
            ("-> Frame", ""), ("-> TauroSDK.Frame", ""), ("-> Artifact", "returns\tartifact\n"),
            ("-> Void", "returns\tnothing\n"), ("throws -> ()", "returns\tnothing\n"), ("", "returns\tnothing\n"),
        ]
    )
    func results(clause: String, line: String) {
        let expansion = Expansion("@Node(\"a.b\") func f() \(clause) {}")
        #expect(expansion.note == "node\ta.b\ttauro_node_a_b\n" + line)
    }

    @Test("names that differ only in dots and underscores have different symbols")
    func symbols() {
        let names = ["a.b_c", "a_b.c", "a.b.c", "a_1b.c", "a._b", "a_.b"]
        let symbols = names.map { name in
            Expansion("@Node(\"\(name)\") func f() {}").note.split(whereSeparator: \.isWhitespace)[2]
        }
        #expect(Set(symbols).count == names.count)
        #expect(symbols[0] == "tauro_node_a_b_1c")
    }

    @Test("row-wise nodes say so")
    func rowwise() {
        #expect(Expansion("@Node(\"a.b\", rowwise: true) func f() -> Frame {}").note.hasSuffix("\nrowwise\n"))
        #expect(!Expansion("@Node(\"a.b\", rowwise: false) func f() -> Frame {}").note.contains("rowwise"))
    }

    @Test("keywords in backticks serve as names")
    func backticks() {
        let expansion = Expansion("@Node(\"a.b\") func `default`(_ `in`: Frame) -> Frame { `in` }")
        #expect(expansion.note.contains("in\tframe\tin\n"))
        #expect(expansion.text.contains("func _tauroEntry_default("))
        #expect(expansion.text.contains("_tauroEntry.emit(`default`(_tauroEntry.frame(_tauro_in)))"))
    }

    @Test("a plugin's note")
    func plugin() {
        #expect(Expansion("#Plugin(\"p\", version: \"1.0\")").note == "plugin\tp\t1.0\n")
        let serial = Expansion("#Plugin(\"p\", version: \"1.0\", serial: true)")
        #expect(serial.note == "plugin\tp\t1.0\nflag\tserial\n")
    }
}
