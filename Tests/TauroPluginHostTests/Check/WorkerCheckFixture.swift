import Foundation
import Synchronization
import TauroBasics
import TauroModel

@testable import TauroPluginHost

/// Makes checks that run a plugin's code, and gives what they say.
struct WorkerCheckFixture {
    let path: String
    let file: PluginFile
    let sql: FakeSQLRunner

    init(_ path: String, sql: FakeSQLRunner = FakeSQLRunner()) throws {
        self.path = path
        self.sql = sql
        file = try PluginFile(path: path)
    }

    /// The nodes that each break one rule.
    static func illMannered() throws -> WorkerCheckFixture {
        try WorkerCheckFixture(Fixture.compile(file: "ill_mannered.c", once: true))
    }

    /// A plugin that breaks a rule while it is loaded.
    static func loading(_ code: String) throws -> WorkerCheckFixture {
        let constructor = "__attribute__((constructor)) static void construct(void) {\n\(code)\n}\n"
        return try WorkerCheckFixture(
            CheckFixture.plugin(loadingHeaders + constructor, flags: ["-D_GNU_SOURCE", "-lm"])
        )
    }

    private static let loadingHeaders = """
        #include <fcntl.h>
        #include <fenv.h>
        #include <locale.h>
        #include <pthread.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/resource.h>
        #include <sys/stat.h>
        #include <unistd.h>
        static void *wait_for_ever(void *data) { for (;;) pause(); return data; }

        """

    func checks(_ settings: WorkerChecks.Settings) throws -> WorkerChecks {
        WorkerChecks(program: WorkerHarness.program, sql: sql, directory: try Fixture.freshDirectory(), settings)
    }

    /// The findings of one check, of one node or of the file.
    func findings(
        _ check: PluginCheck,
        _ node: String? = nil,
        seed: UInt64? = nil,
        timeout: Duration = .seconds(10),
        inputs: [String: Dataset] = [:]
    ) throws -> [CheckFinding] {
        var settings = WorkerChecks.Settings()
        settings.test = check
        settings.node = node
        settings.seed = seed
        settings.timeout = timeout
        settings.inputs = inputs
        let nodes = file.signatures.filter { $0.name == node }
        return try checks(settings).findings(file.plugin, nodes)
    }

    /// The same as `error: message`, without the place of a crash, which only builds with symbols have.
    func complaints(
        _ check: PluginCheck,
        _ node: String? = nil,
        timeout: Duration = .seconds(10)
    ) throws -> [String] {
        try findings(check, node, timeout: timeout).filter { $0.severity != .passed }.map { finding in
            "\(finding.severity.rawValue): "
                + finding.message.replacing(/, in \w+ \+ \d+ in .*?\.so( at [^;]*)?/, with: "")
        }
    }
}
