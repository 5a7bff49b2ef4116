import Foundation
import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// Nothing is loaded that somebody else could have put there.
struct TrustTests {
    private static let ann: UInt32 = 1000

    private func problems(
        owner: UInt32,
        _ permissions: UInt32,
        _ kind: FileKind = .directory,
        as role: TrustRules.Role,
        user: UInt32 = TrustTests.ann
    ) -> [TrustProblem] {
        let stamp = FileStamp(device: 1, inode: 2, size: 3, modified: 4, changed: 5)
        let status = FileStatus(kind: kind, stamp: stamp, owner: owner, permissions: permissions)
        return TrustRules(user: user).problems("/x", status, as: role)
    }

    // MARK: The rules

    @Test(arguments: [UInt32(0), TrustTests.ann])
    func rootAndTheUserMayOwnEverything(owner: UInt32) {
        #expect(problems(owner: owner, 0o755, .file, as: .plugin).isEmpty)
        #expect(problems(owner: owner, 0o755, as: .pluginDirectory).isEmpty)
        #expect(problems(owner: owner, 0o700, as: .ancestor).isEmpty)
    }

    @Test func anotherUserMayOwnNothing() {
        let foreign = TrustProblem.foreignOwner(path: "/x", owner: 1001, user: 1000)
        #expect(problems(owner: 1001, 0o755, .file, as: .plugin) == [foreign])
        #expect(problems(owner: 1001, 0o755, as: .pluginDirectory) == [foreign])
        #expect(problems(owner: 1001, 0o1777, as: .ancestor).contains(foreign))
        #expect(foreign.rule == "/x belongs to user 1001, expected root or user 1000")
        #expect([foreign].cure == "if you trust it: sudo chown 1000 /x")
        let seenByRoot = problems(owner: 1000, 0o755, .file, as: .plugin, user: 0)
        #expect(seenByRoot.map(\.rule) == ["/x belongs to user 1000, expected root"])
        #expect(seenByRoot.cure == "if you trust it: chown root /x")
    }

    @Test(arguments: [
        (UInt32(0o775), "its group (mode 0775)"), (0o757, "others (mode 0757)"),
        (0o666, "its group and others (mode 0666)"),
    ])
    func nobodyElseMayWrite(permissions: UInt32, who: String) {
        for role in [TrustRules.Role.plugin, .pluginDirectory, .ancestor] {
            let found = problems(owner: TrustTests.ann, permissions, role == .plugin ? .file : .directory, as: role)
            #expect(found.map(\.rule) == ["/x is writable by \(who), expected by its owner alone"])
            #expect(found.cure == "if you trust it: chmod go-w /x")
        }
    }

    @Test func aStickyDirectoryOfRootIsAParentOnly() {
        #expect(problems(owner: 0, 0o1777, as: .ancestor).isEmpty)
        let itself = problems(owner: 0, 0o1777, as: .pluginDirectory)
        #expect(itself.map(\.rule) == ["/x is a directory that everybody may put files into (mode 1777)"])
        #expect(itself.cure == "put it into a directory of your own, and name that")
        // Its owner may rename what others put into a sticky directory.
        #expect(problems(owner: TrustTests.ann, 0o1777, as: .ancestor).count == 1)
        // On a file the bit means nothing.
        #expect(problems(owner: 0, 0o1777, .file, as: .plugin).count == 1)
    }

    // MARK: On disk

    private func mode(_ permissions: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }

    private func discover(_ directory: String) -> PluginCatalog {
        PluginCatalog.discover([PluginDirectory(directory, .settings)])
    }

    @Test func aTrustedTreeIsTaken() throws {
        let directory = try Fixture.freshDirectory()
        _ = try Fixture.compile(Fixture.plainNode("a.b"), in: directory)
        #expect(discover(directory).names == ["a.b"])
    }

    @Test func whatOthersCanWriteIsRefusedWithTheCure() throws {
        let parent = try Fixture.freshDirectory()
        let directory = parent + "/plugins"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: directory)
        for (changed, permissions) in [(path, 0o775), (directory, 0o777), (parent, 0o757)] {
            try mode(permissions, changed)
            let catalog = discover(directory)
            #expect(catalog.names.isEmpty && catalog.plugins.isEmpty)
            let refusal = try #require(catalog.refusals.first)
            #expect(refusal.path == path && refusal.untrusted == ["a.b"])
            #expect(refusal.reason.hasPrefix("is not trusted: \(changed) is writable by "))
            #expect(refusal.cure == "if you trust it: chmod go-w \(changed)")
            try mode(0o755, changed)
        }
        #expect(discover(directory).names == ["a.b"])
    }

    @Test func everythingThatIsWrongIsSaidAtOnce() throws {
        let directory = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: directory)
        try mode(0o777, path)
        try mode(0o777, directory)
        #expect(discover(directory).refusals.first?.cure == "if you trust it: chmod go-w \(path) \(directory)")
        try mode(0o755, directory)
    }

    @Test func aLinkIsJudgedByWhereItLeads() throws {
        let (directory, elsewhere) = (try Fixture.freshDirectory(), try Fixture.freshDirectory())
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: directory + "/link.so", withDestinationPath: path)
        #expect(discover(directory).names == ["a.b"])
        try mode(0o777, elsewhere)
        let refusal = try #require(discover(directory).refusals.first)
        #expect(refusal.path == directory + "/link.so")
        #expect(refusal.reason.contains("\(elsewhere) is writable by its group and others"))
        try mode(0o755, elsewhere)
        // And by the directory it is in: who can write there can let it lead elsewhere.
        try mode(0o777, directory)
        #expect(try #require(discover(directory).refusals.first).reason.contains("\(directory) is writable by"))
        try mode(0o755, directory)
    }

    @Test func aDirectoryThatIsNotTrustedHidesNothing() throws {
        let (directory, other) = (try Fixture.freshDirectory(), try Fixture.freshDirectory())
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: other)
        try FileManager.default.createSymbolicLink(atPath: directory + "/link.so", withDestinationPath: path)
        try mode(0o777, directory)
        let catalog = PluginCatalog.discover([PluginDirectory(directory, .settings), PluginDirectory(other, .settings)])
        #expect(catalog.signature(named: "a.b")?.plugin.path == path)
        #expect(catalog.refusals.map(\.path) == [directory + "/link.so"])
        try mode(0o755, directory)
    }

    @Test func aCheckOfTheFileSaysWhatALoadWould() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        #expect(CheckingHost.current.distrustOfFile(path) == nil)
        try mode(0o775, path)
        #expect(
            CheckingHost.current.distrustOfFile(path)
                == "is not trusted: \(path) is writable by its group (mode 0775), "
                + "expected by its owner alone; if you trust it: chmod go-w \(path)"
        )
    }

    @Test func theSharedDirectoryIsNoPluginDirectory() throws {
        let path = "/tmp/tauro-trust-\(UUID().uuidString).so"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let made = try Fixture.compile(Fixture.plainNode("a.b"))
        try FileManager.default.moveItem(atPath: made, toPath: path)
        let shared = discover("/tmp").refusals.first { $0.path == path }
        #expect(shared?.reason == "is not trusted: /tmp is a directory that everybody may put files into (mode 1777)")
        // Nor through a link: a library that the file needs could lie beside it.
        let directory = try Fixture.freshDirectory()
        try FileManager.default.createSymbolicLink(atPath: directory + "/link.so", withDestinationPath: path)
        #expect(discover(directory).refusals.map(\.reason) == shared.map { [$0.reason] })
    }

    @Test func anotherUsersFileIsRefused() throws {
        let directory = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: directory)
        // Root can give files away; everybody else lets another user look at theirs.
        let owner = getuid() == 0 ? 65_534 : getuid()
        if getuid() == 0 { #expect(chown(path, owner, owner) == 0) }
        var trust = TrustSurvey(rules: TrustRules(user: getuid() == 0 ? 0 : owner + 1))
        let found = trust.problems(ofFile: path, try FileSystem.fileStatus(of: path))
        #expect(found.contains { $0.rule.hasPrefix("\(path) belongs to user \(owner), expected root") })
        if getuid() == 0 { #expect(discover(directory).refusals.first?.untrusted == ["a.b"]) }
    }

    @Test func anUntrustedFileMakesNoNameAmbiguous() throws {
        let directory = try Fixture.freshDirectory()
        let good = try Fixture.compile(Fixture.plainNode("a.b"), to: "good.so", in: directory)
        let bad = try Fixture.compile(Fixture.plainNode("a.b") + "int more;\n", to: "bad.so", in: directory)
        try mode(0o722, bad)
        let catalog = discover(directory)
        #expect(catalog.signature(named: "a.b")?.plugin.path == good)
        #expect(catalog.refusals.map(\.path) == [bad])
    }

    @Test func whatCanNotBeLookedAtIsNotTrusted() {
        var trust = TrustSurvey()
        let problems = trust.problems(ofDirectory: "/no/such/directory")
        #expect(problems.first?.rule == "nobody can say whose /no/such/directory is: No such file or directory")
    }
}
