import Foundation
import TauroModel
import Testing

@testable import TauroPluginHost

/// What `tauro.lock` holds, and what is wrong with one that is none.
struct LockTests {
    private static let digest = String(repeating: "0a", count: 32)

    private func plugin(_ path: String, sha256: String = LockTests.digest, version: String = "1.0.0") -> LockedPlugin {
        LockedPlugin(path: path, name: "n", version: version, abi: "1.0", size: 12, sha256: sha256, nodes: ["a.b"])
    }

    private func project(_ lock: String? = nil) throws -> String {
        let directory = try Fixture.freshDirectory()
        try FileManager.default.createDirectory(atPath: directory + "/plugins", withIntermediateDirectories: true)
        try lock?.write(toFile: directory + "/tauro.lock", atomically: true, encoding: .utf8)
        return directory
    }

    private func discover(_ project: String, _ lock: ProjectLock?) -> PluginCatalog {
        PluginCatalog.discover([PluginDirectory(project + "/plugins", .project)], lock: lock)
    }

    // MARK: The file

    @Test func aLockIsReadAsItWasWritten() throws {
        let lock = PluginLock([plugin("plugins/b.so"), plugin("/opt/\"a\".so", version: "")])
        #expect(lock.plugins.map(\.path) == ["/opt/\"a\".so", "plugins/b.so"])
        let read = try #require(try ProjectLock.read(project: project(lock.text)))
        #expect(read.lock == lock)
        #expect(PluginLock(lock.plugins.reversed()).text == lock.text)
    }

    @Test func noLockIsNone() throws {
        #expect(try ProjectLock.read(project: project()) == nil)
    }

    /// The place and the message of a lock with this text.
    private func problem(_ text: String) throws -> String {
        let directory = try project(text)
        do throws(ConfigurationError) {
            _ = try ProjectLock.read(project: directory)
        } catch {
            let finding = error.diagnostics[0]
            #expect(finding.kind == .configuration)
            #expect(finding.notes == ["mend it, or write it anew with `tauro-host plugins lock --update`"])
            return "\(finding.location?.line ?? 0):\(finding.location?.column ?? 0) \(finding.message)"
        }
        return "read"
    }

    private func listed(_ entry: String) -> String { "{\"version\": 1,\n \"plugins\": [\n\(entry)\n]}" }

    @Test func whatIsNoLockIsToldWithItsPlace() throws {
        let whole = """
            {"path": "a", "name": "n", "version": "1", "abi": "1.0", "size": 1, "sha256": "\(LockTests.digest)", "nodes": []}
            """
        #expect(try problem(listed(whole)) == "read")
        #expect(try problem("") == "1:1 this is no lock: the text ends too early; expected a value")
        #expect(try problem("[]") == "1:1 this is no lock: expected a map with `version` and `plugins`")
        #expect(try problem("{\"plugins\": []}") == "1:15 this is no lock: `version` is missing")
        #expect(try problem("{\"version\": 1}") == "1:14 this is no lock: `plugins` is missing")
        #expect(try problem("{\"version\": 2}").contains("1:13 this is no lock: it is of version 2, this host reads"))
        #expect(
            try problem("{\"version\": 1,\n\"plugin\": []}").hasPrefix("2:1 this is no lock: `plugin` is not a key")
        )
        #expect(try problem("{\"version\": 1, \"plugins\": {}}").contains("1:27 this is no lock: expected a list of"))
        #expect(try problem(listed("3")) == "3:1 this is no lock: expected a map that describes a plugin")
        #expect(try problem(listed("<<<<<<< HEAD")).hasPrefix("3:1 this is no lock: "))
        #expect(try problem(listed("{\"path\": 3}")) == "3:10 this is no lock: `path`: expected text")
        #expect(try problem(listed("{\"size\": -1}")).contains("`size`: expected a whole number from 0 up"))
        #expect(try problem(listed("{\"nodes\": [1]}")).contains("`nodes`: expected a list of texts"))
        #expect(try problem(listed("{\"sha256\": \"12\"}")).contains("`sha256`: expected 64 hexadecimal digits"))
        #expect(try problem(listed("{\"sha\": \"12\"}")).contains("`sha` is not a key of a locked plugin; known keys:"))
        #expect(try problem(listed("{\"path\": \"a\"}")).contains("a plugin has no `name`"))
        #expect(try problem(listed("\(whole),\n\(whole)")).contains("it names 'a' twice"))
        #expect(try problem(listed(whole) + "}").contains("after the end of the document"))
    }

    @Test func aLockThatCanNotBeReadIsAnError() throws {
        let directory = try project()
        try FileManager.default.createDirectory(atPath: directory + "/tauro.lock", withIntermediateDirectories: true)
        #expect(throws: ConfigurationError.self) { try ProjectLock.read(project: directory) }
    }

    // MARK: Against the files

    @Test func aFileIsHeldToItsDigest() throws {
        let directory = try project()
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: directory + "/plugins")
        let lock = try discover(directory, nil).currentLock(project: directory)
        let entry = try #require(lock.plugins.first)
        #expect(
            entry.path == "plugins/node.so" && entry.abi == "1.0" && entry.nodes == ["a.b"] && lock.plugins.count == 1
        )
        #expect(discover(directory, nil).lockState(of: try PluginFile(path: path).plugin) == .noLock)
        try lock.text.write(toFile: directory + "/tauro.lock", atomically: true, encoding: .utf8)
        let read = try ProjectLock.read(project: directory)
        let catalog = discover(directory, read)
        let plugin = try #require(catalog.plugins.first?.plugin)
        #expect(plugin.ticket?.sha256 == entry.sha256)
        #expect(catalog.lockState(of: plugin) == .matches(sha256: entry.sha256))
        _ = try Fixture.compile(Fixture.plainNode("a.b") + "int more;\n", in: directory + "/plugins")
        let found = try discover(directory, read).currentLock(project: directory).plugins[0].sha256
        #expect(catalog.lockState(of: plugin) == .differs(locked: entry.sha256, found: found))
        let other = try Fixture.compile(Fixture.plainNode("a.c"), to: "other.so", in: directory + "/plugins")
        let unlisted = try PluginFile(path: other).plugin
        guard case .unlisted = catalog.lockState(of: unlisted) else {
            Issue.record("\(catalog.lockState(of: unlisted))")
            return
        }
        try FileManager.default.removeItem(atPath: other)
        #expect(catalog.lockState(of: unlisted) == .unreadable("can not be read: No such file or directory"))
    }

    @Test func aProjectIsMovedWithItsLock() throws {
        let directory = try project()
        _ = try Fixture.compile(Fixture.plainNode("a.b"), in: directory + "/plugins")
        let lock = try discover(directory, nil).currentLock(project: directory)
        try lock.text.write(toFile: directory + "/tauro.lock", atomically: true, encoding: .utf8)
        let moved = directory + "-moved"
        try FileManager.default.moveItem(atPath: directory, toPath: moved)
        let catalog = discover(moved, try ProjectLock.read(project: moved))
        let plugin = try #require(catalog.plugins.first?.plugin)
        #expect(catalog.lockState(of: plugin) == .matches(sha256: lock.plugins[0].sha256))
        // Also when it is reached through a link.
        let link = directory + "-link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: moved)
        let linked = discover(link, try ProjectLock.read(project: link))
        #expect(linked.lockState(of: plugin) == .matches(sha256: lock.plugins[0].sha256))
    }

    @Test func everyDifferenceIsFound() {
        let (a, b, c) = (plugin("a.so"), plugin("b.so"), plugin("c.so"))
        let changed = plugin("b.so", sha256: String(repeating: "f", count: 64))
        let differences = PluginLock([a, b]).differences(to: PluginLock([c, changed]))
        #expect(differences == [.removed(a), .changed(locked: b, found: changed), .added(c)])
        #expect(PluginLock([a, b]).differences(to: PluginLock([b, a])).isEmpty)
    }
}
