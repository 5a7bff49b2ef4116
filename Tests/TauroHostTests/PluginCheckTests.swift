import Foundation
import Testing

/// `plugins check` says what is wrong with a plugin's file, to people, to programs and to build servers.
@Suite struct PluginCheckTests {
    private static let hello = """
        #include <tauro/tauro.h>
        TAURO_PLUGIN("hello", "1.0.0");
        TAURO_NODE(hello_greet, "hello.greet", TAURO_RETURNS(nothing)) { return TAURO_OK; }

        """
    private static let broken =
        hello
            + """
            TAURO_NODE(hello_again, "hello.greet", TAURO_RETURNS(nothing)) { return TAURO_OK; }
            TAURO_NODE(hello_many, "hello.many", TAURO_I64(times, 2 * 3)) { return TAURO_OK; }
            int helper(void) { return 1; }
            __attribute__((constructor)) static void install_hooks(void) {}

            """

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Compiles a plugin into the test's directory.
    private func plugin(_ source: String = hello, flags: [String] = []) throws -> String {
        try scratch.write(source, to: "hello.c")
        let target = scratch.file("hello.so")
        let result = try HostProcess.start(
            "/usr/bin/cc",
            ["-shared", "-fPIC", "-I", Checkout.root + "/include", scratch.file("hello.c"), "-o", target]
                + ["-Wl,--build-id=0x0123456789abcdef", "-Wl,-z,noexecstack"] + flags
        )
        #expect(result.status == 0, "\(result.errors)")
        return target
    }

    private func snapshot(_ name: String, _ path: String) throws {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        try Snapshot.check(
            name,
            try HostProcess.run(["plugins", "check", path]),
            replacing: [scratch.path: "<scratch>", "\(size ?? 0) bytes": "<size> bytes"]
        )
    }

    private func document(_ path: String, status: Int32) throws -> [String: Any] {
        let result = try HostProcess.run(["plugins", "check", path, "--json"])
        #expect(result.status == status, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    // MARK: For people

    @Test func soundPlugin() throws { try snapshot("plugins-check-sound", plugin()) }

    @Test func brokenPlugin() throws {
        let flags = ["-Wl,-z,execstack", "-Wl,-rpath,libs:"]
        try snapshot("plugins-check-broken", plugin(PluginCheckTests.broken, flags: flags))
    }

    @Test func fileThatIsNoPlugin() throws {
        try scratch.write("#!/bin/sh\n", to: "script.so")
        try snapshot("plugins-check-script", scratch.file("script.so"))
    }

    @Test(arguments: ["none.so", "."])
    func whatCanNotBeReadEndsWithTwo(name: String) throws {
        let result = try HostProcess.run(["plugins", "check", scratch.file(name)])
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("error: the plugin \(scratch.path)"), "\(result.errors)")
    }

    @Test(arguments: ["flights_c", "flights_swift"])
    func samplePluginsHaveNoError(name: String) throws {
        let result = try HostProcess.run(["plugins", "check", "\(Checkout.flights)/plugins/\(name).so"])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.output)\(result.errors)")
    }

    // MARK: For programs

    @Test func documentHoldsEveryCheck() throws {
        let document = try document(try plugin(PluginCheckTests.broken), status: 1)
        #expect(
            Set(document.keys) == [
                "file", "status", "size", "build_id", "plugin", "nodes", "counts", "findings", "errors",
            ]
        )
        #expect(document["status"] as? String == "failed" && document["build_id"] as? String == "0123456789abcdef")
        #expect(document["nodes"] as? [String] == ["hello.greet"])
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(
            findings.allSatisfy {
                Set($0.keys) == ["id", "group", "title", "severity", "node", "message", "cure"]
            }
        )
        let errors = findings.filter { $0["severity"] as? String == "error" }
        #expect(errors.compactMap { $0["id"] as? String } == ["E03", "E05"])
        #expect(errors.compactMap { $0["node"] as? String } == ["hello.greet", "hello.many"])
        let counts = try #require(document["counts"] as? [String: Int])
        #expect(counts["error"] == 2 && counts["warning"] == 2)
    }

    @Test func documentOfWhatCanNotBeReadIsOneToo() throws {
        let document = try document(scratch.file("none.so"), status: 2)
        #expect(document.count == 9 && document["status"] as? String == "failed")
        #expect((document["errors"] as? [Any])?.count == 1 && (document["findings"] as? [Any])?.isEmpty == true)
    }

    // MARK: For build servers

    /// Prints what a build server would read from the file.
    private static let reader = """
        import sys, xml.etree.ElementTree as tree
        root = tree.parse(sys.argv[1]).getroot()
        assert root.tag == "testsuites", root.tag
        for suite in root:
            cases = suite.findall("testcase")
            failed = [case for case in cases if case.find("failure") is not None]
            assert len(cases) == int(suite.get("tests")), suite.attrib
            assert len(failed) == int(suite.get("failures")), suite.attrib
            for case in failed:
                print(case.get("classname"), case.get("name").split()[0], case.find("failure").get("message"))
        """

    @Test func resultsForBuildServersAreXML() throws {
        let path = try plugin(
            PluginCheckTests.hello
                + "TAURO_NODE(odd, \"hello.odd\", TAURO_STR(text, <a & 'b'> \\x1b)) { return TAURO_OK; }\n"
        )
        let target = scratch.file("results.xml")
        let result = try HostProcess.run(["plugins", "check", path, "--junit", target])
        #expect(result.status == 1)
        try scratch.write(PluginCheckTests.reader, to: "reader.py")
        let read = try HostProcess.start("/usr/bin/env", ["python3", scratch.file("reader.py"), target])
        #expect(read.status == 0, "\(read.errors)")
        let expected =
            "hello.hello.odd E05 the file is malformed: the note of node 'hello.odd', line 2 "
            + "'param\\tstr\\ttext\\t<a & 'b'> ?': expected a string literal in double quotes\n"
        #expect(read.output == expected, "\(read.output)")
    }

    @Test func aPlaceForResultsThatCanNotBeWrittenIsAnError() throws {
        let result = try HostProcess.run(["plugins", "check", try plugin(), "--junit", scratch.file("no/results.xml")])
        #expect(result.status == 2 && result.errors.contains("could not write"), "\(result.errors)")
    }
}
