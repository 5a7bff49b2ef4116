import Foundation
import TauroModel
import TauroTesting
import Testing

@testable import TauroPluginHost

/// Nothing in a file is believed, and whatever is wrong with it is said.
struct ElfFileTests {
    private func reason(_ path: String) -> String {
        do throws(PluginFormatError) {
            _ = try PluginFile(path: path)
            return "taken"
        } catch {
            return error.reason
        }
    }

    private func reason(_ bytes: [UInt8]) throws -> String {
        let path = try Fixture.freshDirectory() + "/changed.so"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return reason(path)
    }

    private func content(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    @Test func aFileThatIsNoELFIsRefused() throws {
        #expect(try reason(Array("#!/bin/sh\n".utf8)) == "is not an ELF file")
        #expect(try reason([]) == "is not an ELF file")
        #expect(try reason(Array("\u{7f}ELF".utf8)).contains("is truncated: the ELF header would end at byte 64"))
    }

    @Test(arguments: [
        (ElfError.notELF, "build it as a shared library, or keep it elsewhere than among plugins"),
        (.otherMachine(183), "build it for x86_64, the machine of this host"), (.executable, "link it with -shared"),
        (.otherClass, "build it for x86_64, the machine of this host"), (.notSharedObject(1), "link it with -shared"),
        (
            .malformed("a segment would begin at byte 9"),
            "it may have been damaged on its way: copy it again, or build it again with -shared"
        ), (.file(.notRegular), "put the library itself there, or remove this"),
    ])
    func everyRefusalSaysWhatToDo(error: ElfError, cure: String) {
        #expect(PluginFormatError(error).sentence == "\(error.reason); \(cure)")
    }

    @Test func whatIsNoFileIsRefusedWithoutWaiting() throws {
        let directory = try Fixture.freshDirectory()
        #expect(mkfifo(directory + "/pipe.so", 0o600) == 0)
        #expect(reason(directory + "/pipe.so") == "is not a regular file")
        #expect(reason(directory) == "is not a regular file")
        #expect(reason(directory + "/none.so") == "can not be read: No such file or directory")
    }

    @Test func anotherMachineIsNamed() throws {
        var bytes = try content(try Fixture.calls.get())
        bytes[18] = 183
        #expect(try reason(bytes) == "is built for aarch64, this host is x86_64")
        bytes[18] = 0xe7
        bytes[19] = 0x03
        #expect(try reason(bytes) == "is built for machine 999, this host is x86_64")
    }

    @Test func anotherClassOrByteOrderIsNamed() throws {
        var bytes = try content(try Fixture.calls.get())
        bytes[4] = 1
        #expect(try reason(bytes) == "is a 32-bit file, this host is 64-bit")
        bytes[4] = 2
        bytes[5] = 2
        #expect(try reason(bytes) == "has the other byte order than this host")
    }

    @Test func whatIsNoSharedObjectIsNamed() throws {
        let object = try Fixture.compile(Fixture.plainNode("a.b"), shared: false, flags: ["-c"])
        #expect(reason(object) == "is not a shared object but an object file")
        let main = Fixture.plainNode("a.b") + "int main(void) { return 0; }\n"
        let executable = try Fixture.compile(main, shared: false)
        #expect(reason(executable) == "is not a shared object but an executable")
        let fixed = try Fixture.compile(main, shared: false, flags: ["-no-pie"])
        #expect(reason(fixed) == "is not a shared object but an executable")
    }

    @Test func everyTruncationIsRefusedAndNoneCrashes() throws {
        let bytes = try content(try Fixture.compile(Fixture.plainNode("a.b")))
        let loaded = try ElfFile(path: try Fixture.calls.get()).segments.filter { $0.type == ElfFile.SegmentType.load }
        #expect(!loaded.isEmpty)
        let points = Array(0..<300) + Array(stride(from: 300, to: bytes.count, by: 61))
        var truncated = 0
        for point in points {
            let reason = try reason(Array(bytes[..<point]))
            if reason.contains("is truncated: ") { truncated += 1 }
            // What follows the last loaded segment, sections and debugging notes, is not needed.
            #expect(reason == "taken" || reason.contains("truncated") || reason == "is not an ELF file")
        }
        #expect(truncated > points.count / 2)
        #expect(try reason(bytes) == "taken")
    }

    @Test func strippedFilesWork() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        try Fixture.run("strip", ["-s", path])
        #expect(try PluginFile(path: path).signatures.map(\.name) == ["a.b"])
    }

    /// As the address sanitizer leaves them behind the notes of a Swift plugin.
    @Test(arguments: 1...8)
    func zerosBetweenNotesArePassedOver(words: Int) throws {
        let zeros =
            "__attribute__((used, aligned(4), section(\".note.tauro\"))) static const unsigned zeros[\(words)];\n"
        let path = try Fixture.compile(
            zeros + Fixture.plainNode("a.b") + "\n" + zeros.replacing("zeros[", with: "more[")
        )
        #expect(try PluginFile(path: path).signatures.map(\.name) == ["a.b"])
    }

    /// As gold lays them where notes have different alignments.
    @Test func overlappingSegmentsCountOnce() throws {
        var bytes = try content(try Fixture.compile(Fixture.plainNode("a.b"), flags: ["-Wl,-z,noexecstack"]))
        let headers = stride(from: 64, to: 64 + 56 * Int(bytes[56]), by: 56)
        let notes = headers.filter { bytes[$0] == 4 && bytes[$0 + 1] == 0 }
        #expect(!notes.isEmpty)
        // The header that asks for no executable stack says nothing that a reader of notes needs.
        let spare = try #require(headers.first { bytes[$0..<($0 + 4)].elementsEqual([0x51, 0xe5, 0x74, 0x64]) })
        for note in notes {
            bytes.replaceSubrange(spare..<(spare + 56), with: bytes[note..<(note + 56)])
            #expect(try reason(bytes) == "taken")
        }
    }

    @Test(arguments: ["gnu", "sysv", "both"])
    func symbolsAreFoundThroughEitherHashTable(style: String) throws {
        let more = (0..<40).map { "int filler_\($0)(void) { return \($0); }\nint number_\($0) = 1;" }
            .joined(separator: "\n")
        let path = try Fixture.compile(
            Fixture.plainNode("a.b") + "\nextern int getpid(void);\nint user(void) { return getpid(); }\n" + more
                + "\n__attribute__((visibility(\"hidden\"))) int secret(void) { return 1; }",
            flags: ["-Wl,--hash-style=\(style)"]
        )
        let symbols = try ElfSymbols(try ElfFile(path: path))
        for index in 0..<40 {
            #expect(try symbols.kind(of: "filler_\(index)") == .function)
            #expect(try symbols.kind(of: "number_\(index)") == .other)
        }
        #expect(try symbols.kind(of: "nobody") == nil)
        #expect(try symbols.kind(of: "") == nil)
        #expect(try symbols.kind(of: "secret") == nil)
        let undefined = try symbols.kind(of: "getpid")
        #expect(undefined == nil || undefined == .undefined)
    }

    @Test func randomDamageNeverCrashes() throws {
        let bytes = try content(try Fixture.compile(Fixture.plainNode("a.b")))
        let path = try Fixture.freshDirectory() + "/damaged.so"
        var random = SeededGenerator(seed: 20_260_101)
        var reasons: Set<String> = []
        for _ in 0..<2_000 {
            var damaged = bytes
            // Half of the damage goes where the structures are.
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let limit = Bool.random(using: &random) ? min(1024, bytes.count) : bytes.count
                damaged[Int.random(in: 0..<limit, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            reasons.insert(reason(path))
        }
        #expect(reasons.count > 20)
    }

    @Test func aHugeSegmentOfNotesIsRefused() throws {
        var bytes = try content(try Fixture.compile(Fixture.plainNode("a.b")))
        let table = Int(bytes.number(UInt64.self, at: 32))
        for index in 0..<Int(bytes.number(UInt16.self, at: 56)) {
            let start = table + index * 56
            guard bytes.number(UInt32.self, at: start) == ElfFile.SegmentType.note else { continue }
            withUnsafeBytes(of: UInt64(5 << 20)) { bytes.replaceSubrange((start + 32)..<(start + 40), with: $0) }
        }
        #expect(try reason(bytes) == "is malformed: a segment of notes has 5242880 bytes, at most 4194304 are read")
    }
}
