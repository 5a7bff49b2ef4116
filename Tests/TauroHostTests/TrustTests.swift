import Foundation
import Testing

/// What people meet when a plugin could be somebody else's.
@Suite struct TrustTests {
    private let quiet = "quiet: {function: t.quiet}\n"

    /// A project with the usual nodes in `nodes.so`, and a cache of its own.
    private func project(settings: String = "") throws -> TestProject {
        let project = try TestProject(nodes: quiet, pipeline: ["quiet"], settings: settings)
        try project.plugin()
        return project
    }

    private func host(
        _ project: TestProject,
        _ arguments: String...,
        environment: [String: String] = [:]
    ) throws -> HostProcess.Result {
        let cache = ["XDG_CACHE_HOME": project.scratch.file("cache")]
        return try HostProcess.run(
            arguments + ["--project", project.path],
            environment: cache.merging(environment) { _, new in new }
        )
    }

    private func snapshot(
        _ name: String,
        _ project: TestProject,
        _ result: HostProcess.Result,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var replacements = [project.path: "<project>", project.scratch.path: "<scratch>"]
        // Digests change with the compiler.
        let digests = try NSRegularExpression(pattern: "\\b[0-9a-f]{64}\\b")
        let text = result.output + result.errors
        for match in digests.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
            guard let range = Range(match.range, in: text), replacements[String(text[range])] == nil else { continue }
            replacements[String(text[range])] = "<digest \(replacements.count - 1)>"
        }
        let sizes = try NSRegularExpression(pattern: "\\b[0-9]+ bytes\\b")
        for match in sizes.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
            if let range = Range(match.range, in: text) { replacements[String(text[range])] = "<size> bytes" }
        }
        // Whoever runs the tests.
        replacements["owner \(getuid() == 0 ? "root" : "user \(getuid())")"] = "owner <user>"
        try Snapshot.check(name, result, replacing: replacements, sourceLocation: sourceLocation)
    }

    private func mode(_ permissions: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }

    // MARK: Ownership and permissions

    @Test func aPluginThatTheGroupCanWriteIsNotRun() throws {
        let project = try project()
        try mode(0o775, project.path + "/plugins/nodes.so")
        try snapshot("trust-group-writable", project, try host(project, "run", "p", "--progress", "none"))
        let json = try host(project, "run", "p", "--format", "json")
        #expect(json.status == 6)
        #expect(json.output.contains("\"type\": \"PluginError\""))
    }

    @Test(arguments: [["validate", "p"], ["plan", "p"], ["run", "p", "--dry-run"], ["run", "p", "--validate-only"]])
    func nothingIsPlannedWithAPluginInAWorldWritableDirectory(arguments: [String]) throws {
        let project = try project()
        try mode(0o777, project.path + "/plugins")
        let result = try HostProcess.run(arguments + ["--project", project.path])
        #expect(result.status == 6, "\(result.errors)")
        #expect(result.errors.contains("\(project.path)/plugins is writable by its group and others (mode 0777)"))
        #expect(result.errors.contains("chmod go-w \(project.path)/plugins"))
    }

    @Test func anUntrustedFileThatNobodyNeedsOnlyShowsInTheList() throws {
        let project = try project()
        let other = "#include <tauro/tauro.h>\nTAURO_NODE(o, \"o.o\", TAURO_RETURNS(nothing)) { return TAURO_OK; }\n"
        try project.plugin("other", other)
        try mode(0o757, project.path + "/plugins/other.so")
        #expect(try host(project, "run", "p", "--progress", "none").status == 0)
        let list = try host(project, "plugins", "list")
        #expect(list.status == 0)
        #expect(list.errors.contains("not taken: \(project.path)/plugins/other.so: is not trusted: "))
        #expect(!list.output.contains("o.o"))
    }

    @Test func constructorsOfAnUntrustedFileDoNotRun() throws {
        let project = try project()
        let mark = project.scratch.file("mark")
        let source =
            TestProject.nodes + "\n" + """
                #include <stdio.h>
                __attribute__((constructor)) static void made(void) { FILE *f = fopen("\(mark)", "w"); if (f) fclose(f); }
                """
        try project.plugin("nodes", source)
        try mode(0o777, project.path + "/plugins/nodes.so")
        for arguments in [["run", "p"], ["validate"], ["plugins", "list", "--explain"]] {
            _ = try HostProcess.run(arguments + ["--project", project.path])
        }
        #expect(!FileManager.default.fileExists(atPath: mark))
        try mode(0o755, project.path + "/plugins/nodes.so")
        #expect(try host(project, "run", "p").status == 0)
        #expect(FileManager.default.fileExists(atPath: mark))
    }

    /// Runs the host as the user `nobody`, or as the one who runs the tests if that is not root.
    private func hostAsOther(_ project: TestProject, _ arguments: String...) throws -> HostProcess.Result {
        let environment = ["XDG_CACHE_HOME": project.scratch.file("cache")]
        let command = [HostProcess.executable] + arguments + ["--project", project.path]
        if getuid() != 0 {
            return try HostProcess.start(command[0], Array(command.dropFirst()), environment: environment)
        }
        return try HostProcess.start(
            "/usr/bin/setpriv",
            ["--reuid", "65534", "--regid", "65534", "--clear-groups"] + command,
            environment: environment
        )
    }

    private func give(_ path: String, to user: uid_t) { #expect(chown(path, user, user) == 0) }

    @Test func aUserRunsTheirOwnPluginsAndRoots() throws {
        let project = try project()
        // Whose they are now: those of whoever runs the tests, so root's for `nobody`.
        #expect(try hostAsOther(project, "validate", "p").status == 0)
        if getuid() == 0 { give(project.path + "/plugins/nodes.so", to: 65_534) }
        let result = try hostAsOther(project, "validate", "p")
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func anotherUsersPluginIsNotRun() throws {
        // Only root can make a file of another user; what the rules say of it is tested beside them.
        guard getuid() == 0 else { return try aUserRunsTheirOwnPluginsAndRoots() }
        let project = try project()
        let path = project.path + "/plugins/nodes.so"
        give(path, to: 1234)
        let asNobody = try hostAsOther(project, "run", "p", "--progress", "none")
        #expect(asNobody.status == 6)
        #expect(asNobody.errors.contains("\(path) belongs to user 1234, expected root or user 65534"))
        #expect(asNobody.errors.contains("sudo chown 65534 \(path)"))
        let asRoot = try host(project, "run", "p", "--progress", "none")
        #expect(asRoot.status == 6)
        #expect(asRoot.errors.contains("\(path) belongs to user 1234, expected root\n"))
        #expect(asRoot.errors.contains("chown root \(path)"))
        // A directory on the way that another user owns is as bad as the file.
        give(path, to: 0)
        give(project.path, to: 1234)
        #expect(try hostAsOther(project, "validate", "p").errors.contains("\(project.path) belongs to user 1234"))
        give(project.path, to: 0)
        #expect(try hostAsOther(project, "validate", "p").status == 0)
    }

    // MARK: Between check and load

    /// A project whose first node replaces the plugin of its second one.
    private func replacing() throws -> TestProject {
        let project = try TestProject(
            nodes: quiet + "first: {function: s.swap}\n",
            pipeline: ["first", "quiet"]
        )
        try project.plugin()
        let plugin = project.path + "/plugins/nodes.so"
        let source = """
            #include <tauro/tauro.h>
            #include <stdlib.h>
            TAURO_NODE(swap, "s.swap", TAURO_RETURNS(nothing)) {
              return system("cp '\(plugin)' '\(plugin).new' && mv '\(plugin).new' '\(plugin)'") ? TAURO_E_IO : TAURO_OK;
            }
            """
        try project.plugin("swap", source)
        return project
    }

    @Test(arguments: ["in_process", "process"])
    func aPluginThatIsReplacedAfterTheCheckIsNotLoaded(isolation: String) throws {
        let project = try replacing()
        let options = ["--isolation", isolation, "--max-workers", "1", "--progress", "none", "--project", project.path]
        let result = try HostProcess.run(["run", "p"] + options)
        let plugin = project.path + "/plugins/nodes.so"
        #expect(result.status == 6)
        #expect(
            result.errors == "error: NodeExecutionError: Node 'quiet', call t.quiet: the plugin \(plugin) was replaced "
                + "after its notes were read; start again\n"
        )
    }

    @Test(arguments: ["in_process", "process"])
    func aLockedPluginIsLoadedFromItsCopyWhereverItRuns(isolation: String) throws {
        let project = try replacing()
        #expect(try host(project, "plugins", "lock").status == 0)
        // The new file has the locked content, so it is as good as the old one.
        let result = try host(
            project,
            "run",
            "p",
            "--isolation",
            isolation,
            "--max-workers",
            "1",
            "--progress",
            "none"
        )
        #expect(result.status == 0, "\(result.errors)")
        let copies = try FileManager.default.subpathsOfDirectory(atPath: project.scratch.file("cache/tauro/plugins"))
        #expect(
            copies.filter { $0.hasSuffix(".so") }.map { ($0 as NSString).lastPathComponent }.sorted() == [
                "nodes.so", "swap.so",
            ]
        )
    }

    // MARK: The lock

    @Test func aLockIsWrittenHeldToAndUpdated() throws {
        let project = try project()
        try snapshot("lock-written", project, try host(project, "plugins", "lock"))
        #expect(try host(project, "run", "p", "--progress", "none").status == 0)
        #expect(try host(project, "plugins", "lock").status == 0)
        try project.plugin("nodes", TestProject.nodes + "int more;\n")
        try snapshot("lock-mismatch", project, try host(project, "run", "p", "--progress", "none"))
        for verb in ["validate", "plan"] { #expect(try host(project, verb, "p").status == 6) }
        try project.plugin("other", "#include <tauro/tauro.h>\nTAURO_NODE(o, \"o.o\") { return TAURO_OK; }\n")
        try snapshot("lock-differences", project, try host(project, "plugins", "lock"))
        let updated = try host(project, "plugins", "lock", "--update")
        #expect(updated.status == 0, "\(updated.errors)")
        #expect(try host(project, "run", "p", "--progress", "none").status == 0)
    }

    @Test func aPluginThatTheLockDoesNotNameIsNotRun() throws {
        let project = try project()
        try project.scratch.write("{\"version\": 1, \"plugins\": []}", to: "project/tauro.lock")
        try snapshot("lock-without-plugin", project, try host(project, "run", "p", "--progress", "none"))
    }

    @Test func aPluginThatIsGoneIsADifference() throws {
        let project = try project()
        try project.plugin("other", "#include <tauro/tauro.h>\nTAURO_NODE(o, \"o.o\") { return TAURO_OK; }\n")
        #expect(try host(project, "plugins", "lock").status == 0)
        try FileManager.default.removeItem(atPath: project.path + "/plugins/other.so")
        let gone = try host(project, "plugins", "lock")
        #expect(gone.status == 6)
        #expect(gone.errors.contains("removed: plugins/other.so is in tauro.lock, and not among the plugins found"))
        // A pipeline that does not need it runs.
        #expect(try host(project, "run", "p", "--progress", "none").status == 0)
    }

    @Test func aMalformedLockIsAConfigurationErrorWithItsPlace() throws {
        let project = try project()
        try project.scratch.write("{\"version\": 1,\n  \"plugins\": [3]}\n", to: "project/tauro.lock")
        try snapshot("lock-malformed", project, try host(project, "run", "p", "--progress", "none"))
        let list = try host(project, "plugins", "list")
        #expect(list.status == 0 && list.errors.contains("tauro.lock:2:15: warning: this is no lock"))
        #expect(try host(project, "plugins", "lock").status == 2)
        #expect(try host(project, "plugins", "lock", "--update").status == 0)
        #expect(try host(project, "plugins", "lock").status == 0)
    }

    @Test func untrustedPluginsAreNotLocked() throws {
        let project = try project()
        try mode(0o777, project.path + "/plugins/nodes.so")
        let result = try host(project, "plugins", "lock")
        #expect(result.status == 0)
        #expect(result.errors.contains("not locked: \(project.path)/plugins/nodes.so: is not trusted: "))
        #expect(result.errors.contains("0 plugins"))
    }

    // MARK: The search

    @Test func everyDirectoryIsExplained() throws {
        let project = try project(settings: "plugins: [more, missing]\n")
        let elsewhere = try Scratch()
        try FileManager.default.createDirectory(atPath: project.path + "/more", withIntermediateDirectories: true)
        let plugins = project.path + "/plugins"
        try FileManager.default.createSymbolicLink(
            atPath: project.path + "/more/link.so",
            withDestinationPath: plugins + "/nodes.so"
        )
        try project.scratch.write("no library", to: "project/more/text.so")
        try project.plugin("open", "#include <tauro/tauro.h>\nTAURO_NODE(o, \"o.o\") { return TAURO_OK; }\n")
        try mode(0o775, plugins + "/open.so")
        #expect(try host(project, "plugins", "lock").status == 0)
        let environment = ["TAURO_PLUGIN_PATH": elsewhere.path]
        let list = try host(project, "plugins", "list", "--explain", environment: environment)
        try snapshot("plugins-explain", project, list.replacing(elsewhere.path, "<elsewhere>"))
        let without = try host(project, "plugins", "list", "--explain", "--no-env", environment: environment)
        #expect(
            without.output.contains("\(elsewhere.path)  from TAURO_PLUGIN_PATH\n     not searched because of --no-env")
        )
    }

    @Test func aNameInTwoFilesIsExplained() throws {
        let project = try project()
        try project.plugin("other")
        let list = try host(project, "plugins", "list", "--explain")
        let shared = "'t.count', 't.fail', 't.pass', 't.quiet', 't.total'"
        #expect(list.output.contains("conflict shares \(shared) with \(project.path)/plugins/other.so; remove one"))
    }

    @Test func theSearchIsOneDocument() throws {
        let project = try project()
        let list = try host(project, "plugins", "list", "--format", "json")
        let functions = try #require(try document(list.output)["functions"] as? [[String: Any]])
        #expect(functions.count == 5 && functions.last?["name"] as? String == "t.total")
        let explained = try document(try host(project, "plugins", "list", "--explain", "--format", "json").output)
        let directories = try #require(explained["directories"] as? [[String: Any]])
        #expect(directories.map { $0["origin"] as? String } == ["project", "user", "system", "system"])
        let files = try #require(directories.first?["files"] as? [[String: Any]])
        #expect(files.map { $0["verdict"] as? String } == ["taken"])
    }

    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    @Test func directoriesOfTheSettingsAreSearchedOnceTheyAreKnown() throws {
        let project = try project(settings: "plugins: lib\n")
        try FileManager.default.moveItem(atPath: project.path + "/plugins", toPath: project.path + "/lib")
        #expect(try host(project, "run", "p", "--progress", "none").status == 0)
        #expect(try host(project, "plugins", "list").errors.contains("5 functions"))
        // A project that can not be loaded is looked at without them.
        try project.scratch.write("quiet: {function: t.quiet, nonsense: 1}\n", to: "project/config/nodes.yaml")
        let list = try host(project, "plugins", "list")
        #expect(list.status == 0)
        #expect(list.errors.contains("warning: the project can not be loaded"))
        #expect(list.errors.contains("0 functions"))
    }

    @Test func theEnvironmentsDirectoriesMayCountForNothing() throws {
        let project = try project()
        let elsewhere = project.scratch.file("elsewhere")
        try FileManager.default.moveItem(atPath: project.path + "/plugins", toPath: elsewhere)
        let environment = ["TAURO_PLUGIN_PATH": elsewhere]
        #expect(try host(project, "run", "p", environment: environment).status == 0)
        #expect(try host(project, "run", "p", "--no-env", environment: environment).status == 3)
        #expect(try host(project, "validate", "--no-env", environment: environment).status == 3)
        let data = project.scratch.file("share/tauro")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: elsewhere, toPath: data + "/plugins")
        let user = ["XDG_DATA_HOME": project.scratch.file("share")]
        #expect(try host(project, "plan", "p", environment: user).status == 0)
        #expect(try host(project, "plan", "p", "--no-env", environment: user).status == 3)
    }

    @Test func aRelativeComponentIsAnError() throws {
        let project = try project()
        for verb in [["run", "p"], ["plugins", "list"], ["plugins", "lock"]] {
            let arguments = verb + ["--project", project.path]
            let wrong = try HostProcess.run(arguments, environment: ["TAURO_PLUGIN_PATH": "/opt:plugins"])
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("part 2 of TAURO_PLUGIN_PATH is the relative path 'plugins'"))
            let ignored = try HostProcess.run(
                arguments + ["--no-env"],
                environment: ["TAURO_PLUGIN_PATH": "/opt:plugins"]
            )
            #expect(ignored.status == 0, "\(ignored.errors)")
        }
    }
}

extension HostProcess.Result {
    /// The result with a text replaced in both streams.
    fileprivate func replacing(_ found: String, _ shown: String) -> Self {
        Self(
            status: status,
            output: output.replacingOccurrences(of: found, with: shown),
            errors: errors.replacingOccurrences(of: found, with: shown)
        )
    }
}
