import TauroModel
import Testing

@testable import TauroPluginHost

/// What the checks that load a plugin say of one that does what a constructor should not.
@Suite struct LoadChecksTests {
    @Test(arguments: [
        ("chdir(\"/\");", "the working directory"),
        ("umask(0);", "the umask"),
        ("setlocale(LC_ALL, \"C.UTF-8\");", "the locale"),
        ("setenv(\"TAURO_CHANGED\", \"1\", 1);", "the environment variable TAURO_CHANGED"),
        ("signal(SIGTERM, SIG_IGN);", "the handler of SIGTERM"),
        (
            "sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR1); pthread_sigmask(SIG_BLOCK, &set, 0);",
            "the blocked signals"
        ),
        ("fesetround(FE_TOWARDZERO);", "the floating-point mode"),
        ("open(\"/dev/null\", O_RDONLY);", "the open files"),
        ("pthread_t thread; pthread_create(&thread, 0, wait_for_ever, 0);", "the number of threads"),
        ("struct rlimit limit = {4096, 4096}; setrlimit(RLIMIT_FSIZE, &limit);", "the resource limit 1"),
    ])
    func changeOfTheProcessIsTold(code: String, name: String) throws {
        #expect(
            try WorkerCheckFixture.loading(code).complaints(.processState)
                == ["error: loading the plugin changes \(name)"]
        )
    }

    @Test(arguments: ["printf(\"hello\\n\");", "fprintf(stderr, \"hello\");", "write(1, \"hello\\n\", 6);"])
    func outputIsTold(code: String) throws {
        #expect(
            try WorkerCheckFixture.loading(code).complaints(.loadOutput) == ["error: loading the plugin prints: hello"]
        )
    }

    @Test func slowLoadingIsTold() throws {
        let complaints = try WorkerCheckFixture.loading("usleep(300000);").complaints(.loadTime)
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix("warning: the plugin takes ") == true)
        #expect(complaints.first?.hasSuffix(" to load; expected at most 250 ms") == true)
    }

    @Test func crashWhileLoadingIsToldAndEndsTheChecks() throws {
        let fixture = try WorkerCheckFixture(Fixture.compile(file: "crash_on_load.c", once: true))
        let findings = try fixture.checks(WorkerChecks.Settings())
            .findings(fixture.file.plugin, fixture.file.signatures)
        let first = try #require(findings.first)
        #expect(first.check == .loading && first.severity == .error)
        #expect(
            first.message.hasPrefix("while it was loaded, the plugin crashed: its worker process was killed by SIG")
        )
        #expect(first.message.contains("constructing"))
        #expect(findings.dropFirst().allSatisfy { $0.message == "the plugin can not be loaded" })
        #expect(findings.count == 5 + 18 * fixture.file.signatures.count)
    }

    @Test func missingSymbolIsToldInTheLoadersWords() throws {
        let path = try CheckFixture.plugin("int nowhere(void);\nint (*use(void))(void) { return nowhere; }\n")
        let complaints = try WorkerCheckFixture(path).complaints(.loading)
        #expect(complaints.count == 1)
        #expect(complaints.first?.contains("undefined symbol: nowhere") == true, "\(complaints)")
    }

    @Test func hangWhileLoadingIsKilled() throws {
        let complaints = try WorkerCheckFixture.loading("for (;;) pause();").complaints(.loading, timeout: .seconds(1))
        #expect(
            complaints == [
                "error: while it was loaded, the plugin did not end within 1 s, and its worker process was killed"
            ]
        )
    }

    @Test func secondLoadThatDiffersIsTold() throws {
        let mark = try Fixture.freshDirectory() + "/mark"
        let code = "if (access(\"\(mark)\", F_OK)) { open(\"\(mark)\", O_CREAT | O_WRONLY, 0600); }"
        #expect(
            try WorkerCheckFixture.loading(code).complaints(.secondLoad) == [
                "error: the plugin does something else when it is loaded a second time: it changes the open files "
                    + "only once"
            ]
        )
    }

    @Test func quietPluginPasses() throws {
        let fixture = try WorkerCheckFixture(CheckFixture.plugin())
        for check in PluginCheck.all(of: .load) {
            #expect(try fixture.findings(check).map(\.severity) == [.passed], "\(check.rawValue)")
        }
    }
}
