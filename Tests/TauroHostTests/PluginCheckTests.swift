import Foundation
import TauroBasics
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

    private func snapshot(_ name: String, _ path: String, _ options: String...) throws {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        try Snapshot.check(
            name,
            try HostProcess.run(["plugins", "check", path] + options),
            replacing: [
                scratch.path: "<scratch>", "\(size ?? 0) bytes": "<size> bytes", try digest(path): "<digest>",
                HostProcess.executable: "<host>",
            ],
            // The place of a crash is what Swift's backtrace says, which sanitizers do not bear.
            missing: Sanitizer.current == nil ? [] : [", in hello.so"]
        )
    }

    private func digest(_ path: String) throws -> String {
        let result = try HostProcess.start("/usr/bin/sha256sum", [path])
        return String(result.output.prefix { $0 != " " })
    }

    private func document(_ path: String, _ options: String..., status: Int32) throws -> [String: Any] {
        let result = try HostProcess.run(["plugins", "check", path, "--json"] + options)
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

    /// A node that divides by its parameter, and one that reads one value too many.
    private static let faulty =
        """
        #include <tauro/tauro.h>
        TAURO_PLUGIN("hello", "1.0.0");
        TAURO_NODE(hello_share, "hello.share", TAURO_RETURNS(nothing), TAURO_I64(among, 2)) {
          (void)call;
          return 7 / among == 100 ? TAURO_E_INVALID : TAURO_OK;
        }
        TAURO_NODE(hello_sum, "hello.sum", TAURO_RETURNS(nothing), TAURO_FRAME(numbers)) {
          struct ArrowArrayStream stream;
          struct ArrowArray batch;
          int32_t status = tauro_frame_stream(call, numbers, &stream);
          if (status != TAURO_OK) return status;
          double sum = 0;
          while (stream.get_next(&stream, &batch) == 0 && batch.release) {
            const int64_t *values = batch.n_children ? batch.children[0]->buffers[1] : NULL;
            for (int64_t i = 0; values && i <= batch.length; i++) sum += (double)values[i + batch.children[0]->offset];
            batch.release(&batch);
          }
          stream.release(&stream);
          tauro_metric(call, "sum", sum);
          return TAURO_OK;
        }

        """

    @Test func nodesWithFaults() throws {
        try snapshot("plugins-check-faulty", plugin(PluginCheckTests.faulty, flags: ["-s"]))
    }

    @Test func oneTestOfOneNode() throws {
        try scratch.write("id\n1\n2\n", to: "numbers.csv")
        try snapshot(
            "plugins-check-one",
            plugin(PluginCheckTests.faulty, flags: ["-s"]),
            "--test",
            "C8",
            "--node",
            "hello.sum",
            "--input",
            "numbers=\(scratch.file("numbers.csv"))"
        )
    }

    @Test func randomCasesNameTheirSeedAndTheCommandThatRepeatsThem() throws {
        let path = try plugin(PluginCheckTests.faulty)
        let result = try HostProcess.run([
            "plugins", "check", path, "--node", "hello.share", "--fuzz", "2", "--seed", "5",
        ])
        #expect(result.status == 1 && result.output.contains(" random cases, --seed 5\n"), "\(result.output)")
        let lines = result.output.split(separator: "\n")
        let repeated = try #require(
            lines.first { $0.contains(" plugins check \(path) --test C5 --node hello.share --seed ") }
        )
        let again = try HostProcess.start("/bin/sh", ["-c", String(repeated)])
        #expect(again.status == 1 && again.output.contains("killed by SIGFPE"), "\(again.output)")
    }

    @Test func oneTestRunsInsideTheProgramForADebugger() throws {
        let path = try plugin(PluginCheckTests.faulty)
        let options = ["--in-process", "--test", "C5", "--node", "hello.share"]
        let result = try HostProcess.run(["plugins", "check", path] + options)
        #expect(result.status == -SIGFPE)
        #expect(result.errors.contains("called with among = -1\ncalled with among = 0\n"), "\(result.errors)")
        let sound = try HostProcess.run([
            "plugins", "check", path, "--in-process", "--test", "C1", "--node", "hello.sum",
        ])
        #expect(sound.status == 0, "\(sound.errors)")
    }

    @Test(arguments: [
        (["--test", "C99"], "The value 'C99' is invalid for '--test <id>'"),
        (["--seed", "5"], "--seed needs --fuzz, or --test and --node"),
        (["--fuzz", "1", "--test", "C1"], "--fuzz and --test exclude each other"),
        (["--in-process"], "--in-process needs --test L1 to C18"),
        (["--in-process", "--test", "C1"], "--in-process --test C1 needs --node"),
        (["--timeout", "0"], "--timeout is 0"),
        (["--timeout", "nan"], "--timeout is nan"),
        (["--fuzz", "nan"], "--fuzz is nan"),
        (["--input", "numbers"], "The value 'numbers' is invalid"),
        (["--node", "hello.great"], "the plugin has no node 'hello.great'"),
        (["--input", "people=people.csv"], "people.csv"),
    ])
    func optionsThatMakeNoSenseEndWithTwo(options: [String], expected: String) throws {
        let result = try HostProcess.run(["plugins", "check", try plugin()] + options)
        #expect(result.status == 2 && result.errors.contains(expected), "\(result.status) \(result.errors)")
    }

    private static let flights = """
        year,month,day,hour,dep_delay,arr_delay,carrier,origin,dest
        2024,1,1,5,2,11,UA,EWR,IAH
        2024,1,2,5,,,UA,LGA,IAH
        2024,1,3,6,33,-4,AA,JFK,MIA
        2024,1,4,7,0,20,B6,JFK,BQN

        """
    private static let weather = """
        origin,year,month,day,hour,temp,dewp,humid,wind_dir,wind_speed,wind_gust,precip,pressure,visib,time_hour
        EWR,2024,1,1,5,39.02,26.06,59.37,270,10.4,,0,1012,10,2024-01-01T05:00:00Z
        JFK,2024,1,3,6,37.94,26.96,61.63,250,8.1,21.9,0.1,1012.3,9,2024-01-03T06:00:00Z

        """

    @Test(arguments: ["flights_c", "flights_swift"])
    func sampleNodesAnswerRowsThatTheyKnow(name: String) throws {
        try scratch.write(PluginCheckTests.flights, to: "flights.csv")
        try scratch.write(PluginCheckTests.weather, to: "weather.csv")
        let inputs = ["flights", "weather"].flatMap { ["--input", "\($0)=\(scratch.file($0)).csv"] }
        let result = try HostProcess.run(["plugins", "check", "\(Checkout.flights)/plugins/\(name).so"] + inputs)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.output)\(result.errors)")
        #expect(!result.output.contains("the node flights"), "\(result.output)")
    }

    // MARK: For programs

    @Test func documentHoldsEveryCheck() throws {
        let document = try document(try plugin(PluginCheckTests.broken), status: 1)
        #expect(
            Set(document.keys) == [
                "file", "status", "size", "build_id", "plugin", "nodes", "counts", "findings", "fuzz", "errors",
            ]
        )
        #expect(document["status"] as? String == "failed" && document["build_id"] as? String == "0123456789abcdef")
        #expect(document["nodes"] as? [String] == ["hello.greet"])
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(
            findings.allSatisfy {
                Set($0.keys) == ["id", "group", "title", "severity", "node", "message", "cure", "seed"]
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
        #expect(document.count == 10 && document["status"] as? String == "failed")
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
