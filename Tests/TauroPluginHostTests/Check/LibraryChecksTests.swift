import Foundation
import TauroModel
import TauroTesting
import Testing

@testable import TauroPluginHost

/// Libraries are looked for where the loader would, and nowhere else.
struct LibraryChecksTests {
    /// A plugin that needs `libdep.so`, which is in the same directory, and what its linker is told.
    private func plugin(soname: String? = "libdep.so", flags: [String] = [], needs: [String] = []) throws -> String {
        let folder = try Fixture.freshDirectory()
        let name = soname.map { ["-Wl,-soname,\($0)"] } ?? []
        _ = try Fixture.compile("int dep(void) { return 1; }\n", to: "libdep.so", in: folder, flags: name + needs)
        let source = CheckFixture.source(
            "extern int dep(void);\n__attribute__((used)) static int user(void) { return dep(); }\n"
        )
        return try Fixture.compile(
            source,
            in: folder,
            flags: CheckFixture.soundFlags + ["-L\(folder)", "\(folder)/libdep.so"] + flags
        )
    }

    private func folder(_ path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    @Test func aLibraryBesideThePluginIsFoundThroughItsOrigin() throws {
        for flag in ["-Wl,-rpath,$ORIGIN", "-Wl,-rpath,${ORIGIN}/.", "-Wl,--disable-new-dtags,-rpath,$ORIGIN"] {
            #expect(try CheckFixture.complaints(try plugin(flags: [flag])).isEmpty, "\(flag)")
        }
    }

    @Test func aLibraryThatIsNowhereIsE11() throws {
        #expect(
            try CheckFixture.complaints(try plugin(flags: ["-Wl,-rpath,/usr/lib/tauro-nowhere"])) == [
                "E11 error: the file needs 'libdep.so', which is not in /usr/lib/tauro-nowhere, the system's directories"
            ]
        )
    }

    @Test func aLibraryOfTheSystemIsFound() throws {
        let path = try plugin()
        #expect(try CheckFixture.complaints(path, CheckFixture.host(systemDirectories: [folder(path)])).isEmpty)
        let ordinary = try CheckFixture.plugin("#include <math.h>\n", flags: ["-Wl,--no-as-needed", "-lm", "-lz"])
        let findings = try StaticChecks().report(ordinary).findings
        #expect(
            findings.filter { $0.check == .neededLibraries && $0.severity == .error }.allSatisfy {
                $0.message.contains("libz")
            }
        )
    }

    @Test func whatALibraryNeedsInTurnIsLookedForToo() throws {
        let deep = try Fixture.compile(
            "int deep(void) { return 1; }\n",
            to: "libdeep.so",
            flags: ["-Wl,-soname,libdeep.so"]
        )
        let path = try plugin(flags: ["-Wl,-rpath,$ORIGIN"], needs: ["-Wl,--no-as-needed", deep])
        let found = try CheckFixture.complaints(path)
        #expect(
            found == [
                "E11 error: \(folder(path))/libdep.so, which the file needs, in turn needs 'libdeep.so', which is not in "
                    + "the system's directories"
            ]
        )
        // The old kind of path holds for the libraries below, the new kind does not.
        try FileManager.default.copyItem(atPath: deep, toPath: folder(path) + "/libdeep.so")
        #expect(try CheckFixture.complaints(path).count == 1)
        let old = try plugin(flags: ["-Wl,--disable-new-dtags,-rpath,$ORIGIN"], needs: ["-Wl,--no-as-needed", deep])
        try FileManager.default.copyItem(atPath: deep, toPath: folder(old) + "/libdeep.so")
        #expect(try CheckFixture.complaints(old).isEmpty)
    }

    @Test func aPathSeenFromTheWorkingDirectoryIsE11() throws {
        let path = try plugin(soname: "build/libdep.so")
        let report = try CheckFixture.report(path)
        let error = try #require(report.findings.first { $0.severity == .error })
        #expect(
            error.message == "the file needs 'build/libdep.so', a path that is seen from the working directory"
        )
        #expect(error.cure == "give that library a name when it is linked, -Wl,-soname,libdep.so")
        #expect(report.findings.count { $0.severity == .error } == 1)
    }

    @Test func aLibraryOfAnotherMachineIsPassedOver() throws {
        let path = try plugin(flags: ["-Wl,-rpath,$ORIGIN"])
        let library = folder(path) + "/libdep.so"
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: library)))
        bytes[18] = 183
        try Data(bytes).write(to: URL(fileURLWithPath: library))
        #expect(try CheckFixture.complaints(path).first?.hasPrefix("E11 error: the file needs 'libdep.so'") == true)
    }

    @Test(arguments: [
        (":/usr/lib", "has an empty entry, which means the working directory, whatever that is"),
        (
            "libs",
            "has 'libs', which is seen from the working directory; expected an absolute directory or one that begins with $ORIGIN"
        ),
        ("/usr/lib:", "has an empty entry, which means the working directory, whatever that is"),
    ])
    func anEntryThatDependsOnTheWorkingDirectoryIsE10(path: String, expected: String) throws {
        for (flag, name) in [("--enable-new-dtags", "RUNPATH"), ("--disable-new-dtags", "RPATH")] {
            let plugin = try CheckFixture.plugin(flags: ["-Wl,\(flag),-rpath,\(path)"])
            #expect(try CheckFixture.complaints(plugin) == ["E10 error: the file's \(name) \(expected)"])
        }
    }

    @Test func anEntryThatOthersCanWriteIsE10() throws {
        let directory = try Fixture.freshDirectory()
        let cases: [(mode_t, String, String)] = [
            (
                0o777, directory,
                "\(directory) is writable by its group and others (mode 0777), expected by its owner alone"
            ),
            (0o775, directory, "\(directory) is writable by its group (mode 0775), expected by its owner alone"),
            (
                0o777, directory + "/later",
                "\(directory) is writable by its group and others (mode 0777), expected by its owner alone"
            ),
        ]
        for (mode, entry, expected) in cases {
            #expect(chmod(directory, mode) == 0)
            let plugin = try CheckFixture.plugin(flags: ["-Wl,-rpath,\(entry)"])
            #expect(
                try CheckFixture.complaints(plugin)
                    == ["E10 error: the file's RUNPATH has '\(entry)', from which nothing may be loaded: \(expected)"]
            )
        }
        #expect(chmod(directory, 0o755) == 0)
        #expect(try CheckFixture.complaints(try CheckFixture.plugin(flags: ["-Wl,-rpath,\(directory)"])).isEmpty)
    }

    @Test func tokensOfTheLoaderAreReplaced() {
        func directories(_ text: String) -> [String] { LibraryPath(text, origin: "/opt/p").directories }
        #expect(directories("$ORIGIN/../lib") == ["/opt/lib"])
        #expect(directories("${ORIGIN}") == ["/opt/p"])
        #expect(directories("/usr/$LIB").contains("/usr/lib") && directories("/usr/${LIB}").contains("/usr/lib64"))
        #expect(directories("/a/$PLATFORM") == ["/a/\(ElfMachine.name(ElfMachine.host))"])
        #expect(LibraryPath("lib", origin: "/opt/p").isRelative && LibraryPath("", origin: "/opt/p").isRelative)
    }

    @Test func theLoadersListIsReadAndNothingInItIsBelieved() throws {
        let libc = LoaderCache.system.paths(of: "libc.so.6")
        #expect(libc.contains { FileManager.default.fileExists(atPath: $0) })
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "/etc/ld.so.cache")))
        var random = SeededGenerator(seed: TestSeed.value)
        for _ in 0..<200 {
            var damaged = bytes
            for _ in 0..<8 {
                damaged[Int.random(in: 0..<min(4096, bytes.count), using: &random)] = .random(
                    in: 0...255,
                    using: &random
                )
            }
            _ = LoaderCache(Array(damaged.prefix(Int.random(in: 0...bytes.count, using: &random))))
        }
    }
}
