import Foundation
import TauroModel
import Testing

@testable import TauroPluginHost

/// Plugins to be checked, and what the checks say of them.
enum CheckFixture {
    /// A plugin that gives no check a reason to say anything.
    static let soundFlags = ["-fvisibility=hidden", "-Wl,-z,noexecstack"]

    /// The statements of a plugin with one node, and what is to stand beside it.
    static func source(_ more: String = "") -> String {
        "#include <tauro/tauro.h>\nTAURO_PLUGIN(\"hello\", \"1.0.0\");\n" + Fixture.plainNode("hello.greet") + more
    }

    /// Compiles a plugin with what is to be found in it.
    static func plugin(_ more: String = "", flags: [String] = []) throws -> String {
        try Fixture.compile(source(more), flags: soundFlags + flags)
    }

    /// The same in C++.
    static func cxxPlugin(_ more: String, flags: [String] = []) throws -> String {
        let folder = try Fixture.freshDirectory()
        try source(more).write(toFile: folder + "/node.cpp", atomically: true, encoding: .utf8)
        let files = ["-shared", folder + "/node.cpp", "-o", folder + "/node.so"]
        try Fixture.run("c++", files + soundFlags + flags)
        return folder + "/node.so"
    }

    /// A host whose own facts do not depend on the machine.
    static func host(
        compilers: Set<String> = [],
        present: Set<String> = [
            "libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2",
        ],
        systemDirectories: [String] = []
    ) -> CheckingHost {
        CheckingHost(
            swiftCompilers: compilers,
            libraries: LibrarySearch(
                present: present,
                cache: LoaderCache([]),
                systemDirectories: systemDirectories
            ),
            distrustOfFile: { _ in nil },
            distrustOfDirectory: CheckingHost.current.distrustOfDirectory
        )
    }

    /// What the static checks say about the file.
    static func report(_ path: String, _ host: CheckingHost = host()) throws -> CheckReport {
        try StaticChecks(host: host).report(path)
    }

    /// The findings that are neither passed nor facts, as `E06 error: message`.
    static func complaints(_ path: String, _ host: CheckingHost = host()) throws -> [String] {
        let report = try report(path, host)
        for check in PluginCheck.allCases where check.group == .static {
            #expect(report.findings.contains { $0.check == check }, "\(check.rawValue) says nothing")
        }
        return report.findings.filter { $0.severity != .passed && $0.check != .facts }
            .map { "\($0.check.rawValue) \($0.severity.rawValue): \($0.message)" }
    }
}
