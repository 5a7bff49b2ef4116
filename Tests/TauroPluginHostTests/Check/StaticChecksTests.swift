import Foundation
import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// Each check of a file says what is wrong with a plugin that breaks its rule, and nothing else is said of it.
struct StaticChecksTests {
    private func complaints(_ more: String = "", flags: [String] = []) throws -> [String] {
        try CheckFixture.complaints(try CheckFixture.plugin(more, flags: flags))
    }

    @Test func aSoundPluginPassesEveryCheck() throws {
        let report = try CheckFixture.report(try CheckFixture.plugin())
        #expect(report.findings.filter { $0.severity != .passed }.map(\.check) == [.facts])
        #expect(report.findings.map(\.check) == PluginCheck.allCases.filter { $0.group == .static })
        #expect(report.nodes == ["hello.greet"] && report.plugin?.name == "hello" && !report.hasErrors)
    }

    @Test func aStrippedPluginPassesToo() throws {
        let path = try CheckFixture.plugin()
        try Fixture.run("strip", ["-s", path])
        #expect(try CheckFixture.complaints(path).isEmpty)
    }

    @Test func factsNameSizeDigestAndBuildID() throws {
        let path = try CheckFixture.plugin(flags: ["-Wl,--build-id=0x0123456789abcdef"])
        let report = try CheckFixture.report(path)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        let digest = SHA256.hexadecimal(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        #expect(report.buildID == "0123456789abcdef" && report.size == UInt64(size))
        #expect(
            report.findings.first { $0.check == .facts }?.message
                == "\(size) bytes, sha256 \(digest), build id 0123456789abcdef, tauro ABI 1.0, plugin hello 1.0.0, "
                + "1 node"
        )
    }

    // MARK: E01

    @Test func whatIsNoSharedObjectIsToldOnceAndTheRestIsSkipped() throws {
        let path = try Fixture.freshDirectory() + "/script.so"
        try Data("#!/bin/sh\n".utf8).write(to: URL(fileURLWithPath: path))
        let report = try CheckFixture.report(path)
        #expect(report.findings.count == PluginCheck.allCases.count { $0.group == .static })
        let cure = "build it as a shared library, or keep it elsewhere than among plugins"
        #expect(report.findings[0] == CheckFinding(.sharedObject, .error, "the file is not an ELF file", cure: cure))
        #expect(report.findings.dropFirst().allSatisfy { $0.severity == .skipped || $0.check == .trust })
        #expect(report.size == 10 && report.hasErrors)
    }

    @Test func anExecutableIsNoPlugin() throws {
        let main = CheckFixture.source("int main(void) { return 0; }\n")
        let path = try Fixture.compile(main, shared: false)
        #expect(
            try CheckFixture.complaints(path).first
                == "E01 error: the file is not a shared object but an executable"
        )
    }

    @Test func aPathWithoutAFileIsAnError() throws {
        let directory = try Fixture.freshDirectory()
        for path in [directory, directory + "/none.so"] {
            #expect(throws: ConfigurationError.self) { try CheckFixture.report(path) }
        }
    }

    // MARK: E02 to E05

    @Test(arguments: [
        ("node\ta.b\tplain\n", UInt32(0x2_0000), "is built for tauro ABI 2.0"),
        ("node\ta.b\tplain\n", 0x1_0009, "asks for tauro ABI 1.9"),
        ("node\ta.b\tplain\ncolour\tblue\n", 0x1_0000, "line 2 'colour\\tblue': expected doc"),
        ("node\ta.b\tplain", 0x1_0000, "does not end with a line feed"),
        ("plugin\ta\n", 0x1_0000, "expected plugin, a name and a version"),
    ])
    func aNoteThatIsNotSoundIsE02(note: String, type: UInt32, expected: String) throws {
        let complaints = try CheckFixture.complaints(try Fixture.rawNote(note, type: type))
        let found = try #require(complaints.first)
        #expect(found.hasPrefix("E02 error: the file ") && found.contains(expected), "\(found)")
        #expect(!complaints.dropFirst().contains { $0.contains(" error:") })
    }

    @Test func aFileWithoutNotesOrNodesSaysSo() throws {
        let bare = try Fixture.compile("int plain(void) { return 0; }\n", flags: CheckFixture.soundFlags)
        #expect(try CheckFixture.complaints(bare).first == "E02 error: the file has no tauro note")
        let empty = "#include <tauro/tauro.h>\nTAURO_PLUGIN(\"empty\", \"1\");\n"
        let path = try Fixture.compile(empty, flags: CheckFixture.soundFlags)
        #expect(
            try CheckFixture.complaints(path) == [
                "E02 warning: the file describes no node", "E04 skipped: no node's note could be read",
            ]
        )
    }

    @Test(arguments: [
        ("node\tab\tplain\n", "begins with 'node\\tab\\tplain'; expected node, a dotted name"),
        ("node\ta.b\tplain\nin\tframe\tcall\n", "'call' is an argument of every node"),
        ("node\ta.b\tplain\nparam\ti64\tx\t1\nparam\ti64\tX\t1\n", "'X' appears twice"),
    ])
    func aNameThatIsTakenOrWrongIsE03(note: String, expected: String) throws {
        let complaints = try CheckFixture.complaints(try Fixture.rawNote(note))
        #expect(complaints.count { $0.contains(" error:") } == 1)
        #expect(complaints.contains { $0.hasPrefix("E03 error: ") && $0.contains(expected) }, "\(complaints)")
    }

    @Test func everyNodeWithAProblemIsTold() throws {
        let path = try Fixture.compile(
            Fixture.plainNode("a.b", symbol: "one") + Fixture.plainNode("a.b", symbol: "two")
                + """
                TAURO_NODE(three, "a.c", TAURO_I64(x, 1 + 1)) { return TAURO_OK; }
                TAURO_NODE(four, "a.d", TAURO_BOOL(x, maybe)) { return TAURO_OK; }

                """,
            flags: CheckFixture.soundFlags
        )
        let report = try CheckFixture.report(path)
        let errors = report.findings.filter { $0.severity == .error }
        #expect(errors.map(\.check) == [.names, .defaults, .defaults])
        #expect(errors.map(\.node) == ["a.b", "a.c", "a.d"])
        #expect(errors[1].message.contains("line 2 'param\\ti64\\tx\\t1 + 1': expected a whole number"))
        #expect(errors[2].message.contains("line 2 'param\\tbool\\tx\\tmaybe': expected true or false"))
        #expect(report.nodes == ["a.b"])
    }

    @Test(arguments: [
        ("int32_t other(void) { return 0; }", "has no dynamic symbol of that name"),
        ("int note_of = 1;", "has it as something else"),
        ("__attribute__((visibility(\"hidden\"))) int32_t note_of(void) { return 0; }", "has no dynamic symbol"),
    ])
    func aFunctionThatIsNotThereIsE04(definition: String, expected: String) throws {
        let note = "node\\ta.b\\tnote_of\\n"
        let path = try Fixture.compile(
            """
            #include <stdint.h>
            \(definition)
            static const struct { uint32_t namesz, descsz, type; char name[8]; char desc[\(note.utf8.count)]; }
            note __attribute__((used, aligned(4), section(".note.tauro"))) = {
              6, sizeof(note.desc), 0x10000, "TAURO", "\(note)"};
            """
        )
        let found = try #require(try CheckFixture.complaints(path).first { $0.hasPrefix("E04") })
        #expect(found.hasPrefix("E04 error: node 'a.b' is to be the function 'note_of', but the file "), "\(found)")
        #expect(found.contains(expected), "\(found)")
    }

    // MARK: E06, W07 to W09

    @Test func aStackOfCodeIsE06() throws {
        #expect(
            try complaints(flags: ["-Wl,-z,execstack"])
                == ["E06 error: the file asks for a stack that can be run as code"]
        )
    }

    @Test func aFileThatIsSilentAboutItsStackIsE06() throws {
        let path = try CheckFixture.plugin()
        try Patch.segments(of: path) { bytes, start in
            guard bytes.number(UInt32.self, at: start) == ElfFile.SegmentType.stack else { return }
            bytes.replaceSubrange(start..<(start + 4), with: [0, 0, 0, 0])
        }
        #expect(
            try CheckFixture.complaints(path)
                == ["E06 error: the file does not say that its stack is no code, so the loader makes it code"]
        )
    }

    @Test func codeThatCanBeWrittenIsE06() throws {
        let path = try CheckFixture.plugin()
        try Patch.segments(of: path) { bytes, start in
            if bytes[start + 4] & 1 == 1 { bytes[start + 4] |= 2 }
        }
        #expect(
            try CheckFixture.complaints(path)
                == ["E06 error: the file has a segment that can be both written and run"]
        )
    }

    @Test func codeThatIsChangedWhileLoadingIsE06() throws {
        let path = try CheckFixture.plugin(
            "__asm__(\".text\\n.globl place\\n.hidden place\\nplace: .quad plain\\n\");\n",
            flags: ["-Wl,-z,notext"]
        )
        #expect(
            try CheckFixture.complaints(path)
                == ["E06 error: the file has text relocations: its code is changed while it is loaded"]
        )
    }

    @Test func symbolsBesideTheNodesAreW07() throws {
        let shown = "__attribute__((visibility(\"default\"))) "
        let source = (1...5).map { "\(shown)int helper_\($0)(void) { return \($0); }\n" }.joined()
        let found = try #require(try complaints(source).first)
        #expect(found.hasPrefix("W07 warning: the file exports 5 symbols beside its nodes: helper_"), "\(found)")
        #expect(found.hasSuffix(" and 2 more"))
        #expect(
            try complaints("\(shown)int table[4];\n")
                == ["W07 warning: the file exports 1 symbol beside its nodes: table"]
        )
    }

    @Test func whatTheStandardLibraryOfCxxInstantiatesIsNobodysSymbol() throws {
        let path = try CheckFixture.cxxPlugin(
            "#include <map>\n#include <string>\n"
                + "static std::map<std::string, int> *table() { return new std::map<std::string, int>(); }\n"
                + "__attribute__((used)) static int first() { return (*table())[\"a\"]; }\n",
            flags: ["-fvisibility=default"]
        )
        #expect(try CheckFixture.complaints(path) == [])
    }

    @Test func symbolsOfTheWholeProcessAreW08() throws {
        let path = try CheckFixture.cxxPlugin(
            "struct __attribute__((visibility(\"default\"))) Counter { static inline int count = 0; };\n"
                + "__attribute__((used)) static int *address() { return &Counter::count; }\n"
        )
        #expect(
            try CheckFixture.complaints(path).filter { $0.hasPrefix("W08") } == [
                "W08 warning: the file has 1 symbol that all libraries of a process share, also those of other plugins: "
                    + "_ZN7Counter5countE"
            ]
        )
    }

    @Test func staticThreadLocalStorageIsW09() throws {
        let variable =
            "static __thread int slot __attribute__((tls_model(\"initial-exec\")));\n"
            + "__attribute__((used)) static int *address(void) { return &slot; }\n"
        #expect(
            try complaints(variable) == [
                "W09 warning: the file uses static thread-local storage, of which a process has little left when it "
                    + "loads plugins"
            ]
        )
        let ordinary = "static __thread int slot;\n__attribute__((used)) static int *address(void) { return &slot; }\n"
        #expect(try complaints(ordinary) == [])
    }

    // MARK: E12, W13

    @Test func constructorsAreW13() throws {
        let constructor = "__attribute__((constructor)) static void install_hooks(void) {}\n"
        let path = try CheckFixture.plugin(constructor)
        let expected =
            "W13 warning: the file runs 1 constructor (install_hooks) of its own when it is loaded, before the host can "
            + "say which node is at work"
        #expect(try CheckFixture.complaints(path) == [expected])
        try Fixture.run("strip", ["-s", path])
        #expect(
            try CheckFixture.complaints(path) == [expected.replacingOccurrences(of: " (install_hooks)", with: "")]
        )
    }

    private static let ours = "clang version 21.0.0 (https://github.com/swiftlang/llvm-project.git 11673e)"
    private static let theirs = "clang version 17.0.0 (https://github.com/apple/llvm-project.git 3dade0)"

    private func swiftPlugin(signedBy compiler: String?) throws -> String {
        let library = try Fixture.compile(
            "int swift_runtime;\n",
            to: "libswiftCore.so",
            flags: ["-Wl,-soname,libswiftCore.so"]
        )
        let signature = compiler.map { "__asm__(\".section .comment\\n.asciz \\\"\($0)\\\"\\n.previous\\n\");\n" }
        return try CheckFixture.plugin(
            "extern int swift_runtime;\n__attribute__((used)) static int *use(void) { return &swift_runtime; }\n"
                + (signature ?? ""),
            flags: [library]
        )
    }

    @Test func aSwiftRuntimeOfAnotherToolchainIsE12() throws {
        let host = CheckFixture.host(compilers: [StaticChecksTests.ours], present: ["libc.so.6", "libswiftCore.so"])
        let same = try swiftPlugin(signedBy: StaticChecksTests.ours)
        #expect(try CheckFixture.complaints(same, host).isEmpty)
        let other = try CheckFixture.complaints(try swiftPlugin(signedBy: StaticChecksTests.theirs), host)
        #expect(
            other == [
                "E12 error: the file shares the Swift runtime of this host, but was built by '\(StaticChecksTests.theirs)', "
                    + "the host by '\(StaticChecksTests.ours)'"
            ]
        )
        let silent = try CheckFixture.complaints(try swiftPlugin(signedBy: nil), host)
        #expect(
            silent == [
                "E12 warning: the file shares the Swift runtime of this host, and does not say which compiler it was "
                    + "built by"
            ]
        )
        let unsigned = CheckFixture.host(present: ["libc.so.6", "libswiftCore.so"])
        #expect(
            try CheckFixture.complaints(same, unsigned)
                == ["E12 skipped: this host does not say which compiler it was built by"]
        )
    }

    @Test func thisProgramSaysWhichCompilerBuiltIt() {
        #expect(!CheckingHost.current.swiftCompilers.isEmpty)
    }
}

/// Changes to a compiled file that no linker makes.
enum Patch {
    /// Calls `change` with the file's bytes and the place of each program header, and writes the file.
    static func segments(of path: String, _ change: (inout [UInt8], Int) -> Void) throws {
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let table = Int(bytes.number(UInt64.self, at: 32))
        for index in 0..<Int(bytes.number(UInt16.self, at: 56)) { change(&bytes, table + index * 56) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
