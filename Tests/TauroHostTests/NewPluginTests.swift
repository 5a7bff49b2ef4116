import Foundation
import Testing

/// `plugins new`: from an empty directory to a result, by nothing but the commands that it prints.
@Suite struct NewPluginTests {
    /// Whether the tests that take minutes are wanted.
    static let long = ProcessInfo.processInfo.environment["TAURO_TEST_LONG"] == "1"

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func new(_ arguments: String..., environment: [String: String] = [:]) throws -> HostProcess.Result {
        try HostProcess.run(["plugins", "new"] + arguments, environment: environment, directory: scratch.path)
    }

    /// Runs what was printed as a shell would, up to the first command that fails.
    private func follow(_ commands: String) throws -> HostProcess.Result {
        try HostProcess.start("/bin/sh", ["-e", "-c", commands], directory: scratch.path)
    }

    /// Files of a directory by their paths, sorted.
    private func files(in directory: String) throws -> [String] {
        let all = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(directory)/\(path)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }

    /// Everything a person gets: what is printed, and every file.
    private func snapshot(_ name: String, _ result: HostProcess.Result) throws {
        let content = try files(in: scratch.file("my_shop")).map { path in
            "=== my_shop/\(path)\n\(try scratch.text("my_shop/\(path)"))"
        }
        try Snapshot.check(
            name,
            HostProcess.Result(
                status: result.status,
                output: result.output + content.joined(),
                errors: result.errors
            ),
            replacing: [
                scratch.path: "<scratch>", Checkout.root: "<checkout>", HostProcess.executable: "<host>",
            ]
        )
    }

    @Test func projectInC() throws { try snapshot("plugins-new-c", try new("my_shop", "--lang", "c")) }

    @Test func projectInSwift() throws { try snapshot("plugins-new-swift", try new("my_shop", "--lang", "swift")) }

    @Test func commandsForCLeadToAResult() throws {
        let made = try new("my_shop", "--lang", "c", "--at", "it's here")
        try #require(made.status == 0, "\(made.errors)")
        let followed = try follow(made.output)
        #expect(followed.status == 0, "\(followed.output)\(followed.errors)")
        #expect(followed.output.contains("all tests passed"))
        #expect(followed.output.contains("/my_shop.so passed"), "\(followed.output)")
        #expect(followed.output.hasSuffix("orders  total  largest\n     4  156.7    99.95\n"), "\(followed.output)")
        let plugin = scratch.file("it's here/my_shop/project/plugins/my_shop.so")
        let shown = try HostProcess.start("/usr/bin/nm", ["--dynamic", "--defined-only", "--format=posix", plugin])
        #expect(shown.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == ["my_shop_summary"])
    }

    @Test(.enabled(if: NewPluginTests.long, "compiles swift-syntax and the host: TAURO_TEST_LONG=1"))
    func commandsForSwiftLeadToAResult() throws {
        let made = try new("my_shop", "--lang", "swift")
        try #require(made.status == 0, "\(made.errors)")
        let followed = try follow(made.output)
        #expect(followed.status == 0, "\(followed.output)\(followed.errors)")
        #expect(
            followed.output.hasSuffix(
                "customer  orders   spent\nZoë            2  113.95\nAnn            2   42.75\n"
            ),
            "\(followed.output)"
        )
    }

    @Test func changedDataTypeIsToldByTheNodeInC() throws {
        let made = try new("my_shop", "--lang", "c")
        try scratch.write("customer,amount\nAnn,much\n", to: "my_shop/project/data/orders.csv")
        let followed = try follow(made.output)
        #expect(followed.status == 4)
        #expect(followed.errors.contains("orders has no column 'amount' of int64 or double"), "\(followed.errors)")
    }

    @Test func bareNameIsPrintedWhereTheShellFindsThisProgram() throws {
        let directory = URL(fileURLWithPath: HostProcess.executable).deletingLastPathComponent().path
        let path = directory + ":/usr/bin:/bin"
        let made = try new("my_shop", "--lang", "c", environment: ["PATH": path])
        #expect(made.output.contains("\n    tauro-host run daily --project project\n"))
        try scratch.write("#!/bin/sh\n", to: "other/tauro-host")
        let shadowed = try new("their_shop", "--lang", "c", environment: ["PATH": scratch.file("other") + ":" + path])
        #expect(shadowed.output.contains("\n    \(HostProcess.executable) run daily"))
    }

    @Test func othersMayNotWriteWhatAHostLoadsFrom() throws {
        let command = "umask 002; '\(HostProcess.executable)' plugins new my_shop --lang c && make -C my_shop"
        #expect(try follow(command).status == 0)
        for path in ["", "/project", "/project/plugins", "/project/plugins/my_shop.so"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: scratch.file("my_shop" + path))
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o022 == 0, "my_shop\(path) has the mode \(String(mode, radix: 8))")
        }
    }

    @Test func nothingIsOverwritten() throws {
        try scratch.write("mine", to: "my_shop/notes.txt")
        let result = try new("my_shop", "--lang", "c")
        #expect(result.status == 2)
        #expect(
            result.errors == """
                error: \(scratch.file("my_shop")) is there already; nothing was written
                    choose another name, or another --at DIR

                """
        )
        #expect(try files(in: scratch.file("my_shop")) == ["notes.txt"])
        try scratch.write("mine", to: "a_file")
        #expect(try new("a_file", "--lang", "swift").status == 2)
        #expect(try scratch.text("a_file") == "mine")
        try FileManager.default.createDirectory(atPath: scratch.file("empty"), withIntermediateDirectories: true)
        #expect(try new("empty", "--lang", "c").status == 0)
    }

    @Test(arguments: [
        ("Shop", "expected lower-case letters, digits and underscores, a letter first"),
        ("1shop", "a letter first"), ("_shop", "a letter first"), ("my-shop", "lower-case letters"), ("a/b", "letters"),
        ("", "a letter first"), ("zoë", "lower-case letters"), ("while", "which is a word of C or Swift"),
        ("protocol", "which is a word of C or Swift"),
    ])
    func namesAreChecked(name: String, expected: String) throws {
        let result = try new(name, "--lang", "c")
        #expect(result.status == 2)
        #expect(result.errors.contains("error: the plugin can not be named '\(name)'"))
        #expect(result.errors.contains(expected), "\(result.errors)")
        #expect(try files(in: scratch.path).allSatisfy { !$0.contains("/") })
    }

    @Test func checkoutIsNamedWhereTheProgramIsInstalledWithoutOne() throws {
        // A program in a directory of its own, as an installation would have it.
        let program = scratch.file("prefix/bin/tauro-host")
        try scratch.write("", to: "prefix/bin/.keep")
        // Copied by another process: a program that this one has open for writing, and so perhaps a child that another
        // test is just starting, can not be run.
        try #require(try HostProcess.start("/bin/cp", [HostProcess.executable, program]).status == 0)
        func new(_ arguments: String...) throws -> HostProcess.Result {
            try HostProcess.start(program, ["plugins", "new"] + arguments, directory: scratch.path)
        }
        let alone = try new("my_shop", "--lang", "c")
        #expect(alone.status == 2)
        #expect(alone.errors.contains("name a checkout of tauro-host: --package DIR"))
        #expect(try new("my_shop", "--lang", "c", "--package", Checkout.root).status == 0)
        let wrong = try new("their_shop", "--lang", "c", "--package", "prefix")
        #expect(wrong.errors.contains("--package prefix is no checkout of tauro-host"))

        try scratch.write("", to: "prefix/include/tauro/tauro.h")
        #expect(try new("our_shop", "--lang", "c").status == 0)
        #expect(try scratch.text("our_shop/Makefile").contains("TAURO_INCLUDE = \(scratch.path)/prefix/include\n"))
        let swift = try new("your_shop", "--lang", "swift")
        #expect(swift.status == 2)
        #expect(swift.errors.contains("this program was installed without one\n    name one: --package DIR"))
    }
}
