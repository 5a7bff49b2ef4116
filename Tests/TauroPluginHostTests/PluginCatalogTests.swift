import Foundation
import TauroModel
import Testing

@testable import TauroPluginHost

/// What is in the plugin directories is known without loading any of it.
struct PluginCatalogTests {
    private func discover(_ directories: String...) -> PluginCatalog {
        PluginCatalog.discover(directories.map { PluginDirectory($0, .settings) })
    }

    private func reason(_ note: String, type: UInt32 = 0x1_0000, name: String = "TAURO") throws -> String {
        let path = try Fixture.rawNote(note, type: type, name: name)
        let catalog = discover((path as NSString).deletingLastPathComponent)
        return catalog.refusals.first?.sentence ?? "taken"
    }

    @Test func theMacrosNotesAreRead() throws {
        let file = try PluginFile(path: try Fixture.calls.get())
        #expect(file.plugin.name == "calls" && file.plugin.version == "2.1.0" && !file.plugin.isSerial)
        let values = try #require(file.signatures.first { $0.name == "calls.values" })
        #expect(values.documentation == "Logs its values." && values.result == .nothing && values.symbol == "values")
        #expect(
            values.parameters.map(\.defaultValue) == [
                .int64(.max), .float64(0.25), .bool(true), .string("left\tor \"right\""), .int64(.min), nil,
            ]
        )
        #expect(try PluginFile(path: try Fixture.serial.get()).plugin.isSerial)
    }

    @Test func withoutAPluginNoteTheFilesNameStands() throws {
        let plugin = try PluginFile(path: try Fixture.compile(Fixture.plainNode("a.b"), to: "libmine.so")).plugin
        #expect(plugin.name == "libmine" && plugin.version.isEmpty && !plugin.isSerial)
    }

    @Test func anotherABIIsRefusedWithTheCure() throws {
        #expect(
            try reason("node\ta.b\tplain\n", type: 0x2_0000)
                == "is built for tauro ABI 2.0, this host has 1.0; rebuild the plugin with this host's headers or use a "
                + "newer host"
        )
        #expect(
            try reason("node\ta.b\tplain\n", type: 3).contains("is built for tauro ABI 0.3, this host has 1.0; rebuild")
        )
        #expect(
            try reason("node\ta.b\tplain\n", type: 0x1_0007)
                == "asks for tauro ABI 1.7, this host has 1.0; use a newer host, or rebuild the plugin with "
                + "TAURO_ABI_TARGET_MINOR 0"
        )
    }

    @Test func malformedNotesAreRefused() throws {
        #expect(try reason("node\ta.b\tplain\n") == "taken")
        #expect(try reason("plugin\tx\t1\nflag\tfast\nx-y\tz\n") == "taken")
        #expect(try reason("plugin\tx\n").contains("the plugin note, line 1 'plugin\\tx': expected plugin, a name and"))
        #expect(try reason("plugin\tx\t1\ncolour\tblue\n").contains("the plugin note, line 2 'colour\\tblue'"))
        #expect(try reason("nude\ta.b\tplain\n").contains("begins with 'nude\\ta.b\\tplain'; expected plugin or node"))
        #expect(try reason("node\ta.b\tplain\nreturns\tit\n").contains("the note of node 'a.b', line 2"))
        #expect(try reason("").contains("does not end with a line feed"))
    }

    @Test func aFileWithoutATauroNoteIsRefused() throws {
        #expect(
            try reason("node\ta.b\tplain\n", name: "OTHER").hasPrefix("has no tauro note; state nodes with TAURO_NODE")
        )
    }

    @Test func aMissingFunctionIsSeenWithoutLoading() throws {
        #expect(
            try reason("node\ta.b\tnowhere\n")
                == "is malformed: node 'a.b' is to be the function 'nowhere', but the file has no dynamic symbol of that "
                + "name; define it with TAURO_NODE, and let the linker export it"
        )
        #expect(try reason("node\ta.b\tnote\n").contains("no dynamic symbol"))
    }

    @Test func oneNodeTwiceInAFileIsRefused() throws {
        let path = try Fixture.compile(
            Fixture.plainNode("a.b", symbol: "one") + Fixture.plainNode("a.b", symbol: "two")
        )
        #expect(throws: PluginFormatError("is malformed: it describes the node 'a.b' twice", .names, node: "a.b")) {
            try PluginFile(path: path)
        }
    }

    @Test(arguments: [
        ("-Wl,-rpath,:/usr/lib", "the file's RUNPATH has an empty entry", "leave the entry out of -Wl,-rpath"),
        ("-Wl,--disable-new-dtags,-rpath,libs", "the file's RPATH has 'libs', which is seen from", "link with"),
        ("-Wl,-rpath,/tmp/libs", "the file's RUNPATH has '/tmp/libs', from which nothing may be", "take the right"),
        ("-Wl,-z,execstack", "the file asks for a stack that can be run as code", "link with -Wl,-z,noexecstack"),
    ])
    func whatAFileMustNotAskTheLoaderForIsSeenWithoutLoading(flag: String, reason: String, cure: String) throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"), flags: [flag])
        let catalog = discover((path as NSString).deletingLastPathComponent)
        let refusal = try #require(catalog.refusals.first)
        #expect(refusal.reason.hasPrefix("is not trusted: " + reason) && refusal.cure.hasPrefix(cure), "\(refusal)")
        #expect(refusal.untrusted == ["a.b"] && catalog.names.isEmpty)
    }

    @Test func aNeededLibraryThatIsSeenFromTheWorkingDirectoryIsRefused() throws {
        let library = try Fixture.compile("int dep(void) { return 1; }\n", flags: ["-Wl,-soname,build/libdep.so"])
        let use = "extern int dep(void);\n__attribute__((used)) static int user(void) { return dep(); }\n"
        let path = try Fixture.compile(Fixture.plainNode("a.b") + use, flags: [library])
        let refusal = try #require(discover((path as NSString).deletingLastPathComponent).refusals.first)
        #expect(refusal.reason.hasPrefix("is not trusted: the file needs 'build/libdep.so', a path"), "\(refusal)")
    }

    @Test func aNameInTwoFilesIsNobodys() throws {
        let directory = try Fixture.freshDirectory()
        let both = Fixture.plainNode("a.b", symbol: "one")
        let first = try Fixture.compile(both + Fixture.plainNode("a.c", symbol: "two"), to: "first.so", in: directory)
        let second = try Fixture.compile(both + Fixture.plainNode("a.d", symbol: "two"), to: "second.so", in: directory)
        let catalog = discover(directory)
        #expect(catalog.names == ["a.c", "a.d"])
        #expect(catalog.signature(named: "a.b") == nil)
        #expect(catalog.refusals.map(\.path) == [first, second])
        #expect(catalog.refusals.allSatisfy { $0.duplicates == ["a.b"] })
        #expect(catalog.refusals[0].sentence.contains("shares 'a.b' with \(second); remove one of the files"))
        #expect(catalog.plugins.map { $0.signatures.map(\.name) } == [["a.c"], ["a.d"]])
    }

    @Test func linksAndRepeatsCountOnce() throws {
        let (directory, other) = (try Fixture.freshDirectory(), try Fixture.freshDirectory())
        let real = try Fixture.compile(Fixture.plainNode("a.b"), to: "real.so", in: other)
        try FileManager.default.createSymbolicLink(atPath: directory + "/alias.so", withDestinationPath: real)
        try FileManager.default.linkItem(atPath: real, toPath: directory + "/hard.so")
        let catalog = discover(directory, other, other)
        #expect(catalog.names == ["a.b"] && catalog.refusals.isEmpty)
        #expect(catalog.signature(named: "a.b")?.plugin.path == real)
        #expect(catalog.searchedDirectories == [directory, other, other])
    }

    @Test func directoriesAreReadInOrderAndNotBelow() throws {
        let directory = try Fixture.freshDirectory()
        for name in ["b", "a", "c"] {
            _ = try Fixture.compile(Fixture.plainNode("x.\(name)"), to: "\(name).so", in: directory)
        }
        try FileManager.default.createDirectory(atPath: directory + "/deep", withIntermediateDirectories: true)
        _ = try Fixture.compile(Fixture.plainNode("x.deep"), in: directory + "/deep")
        _ = try Fixture.compile(Fixture.plainNode("x.other"), to: "other.so.1", in: directory)
        try FileManager.default.createDirectory(atPath: directory + "/folder.so", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: directory + "/gone.so", withDestinationPath: "/no/such")
        let catalog = discover(directory, "/no/such/directory")
        #expect(catalog.plugins.map(\.plugin.name) == ["a", "b", "c"])
        #expect(catalog.names == ["x.a", "x.b", "x.c"])
        #expect(
            catalog.refusals == [
                PluginRefusal(
                    path: directory + "/folder.so",
                    reason: "is not a regular file",
                    cure: "put the library itself there, or remove this"
                ),
                PluginRefusal(
                    path: directory + "/gone.so",
                    reason: "can not be read: No such file or directory",
                    cure: "see that it is there, and that you may read it"
                ),
            ]
        )
        #expect(catalog.problems.isEmpty)
    }

    @Test func aDirectoryThatIsAFileIsEmptyAndAFullOneOfJunkIsFine() throws {
        let directory = try Fixture.freshDirectory()
        try Data("junk".utf8).write(to: URL(fileURLWithPath: directory + "/junk.so"))
        let catalog = discover(directory, directory + "/junk.so")
        #expect(catalog.names.isEmpty && catalog.refusals.map(\.reason) == ["is not an ELF file"])
    }
}
