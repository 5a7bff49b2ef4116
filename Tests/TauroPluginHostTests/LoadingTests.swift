import Foundation
import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// What is loaded is what was checked.
struct LoadingTests {
    private func loader(_ cache: String?) -> PluginFileLoader {
        PluginFileLoader(environment: cache.map { ["XDG_CACHE_HOME": $0] } ?? [:])
    }

    /// A plugin as a lock with the digest of what it is now would have it.
    private func locked(_ path: String) throws -> NodeSignature.Plugin {
        try PluginFile(path: path, lockedDigest: try PlainFile(path: path).sha256()).plugin
    }

    private func replace(_ path: String) throws {
        let directory = (path as NSString).deletingLastPathComponent
        let other = try Fixture.compile(Fixture.plainNode("a.b") + "int more;\n")
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: other, toPath: directory + "/node.so")
    }

    private func message(_ body: () throws(PluginError) -> Void) -> String? {
        do throws(PluginError) {
            try body()
        } catch {
            return error.message
        }
        return nil
    }

    // MARK: Without a lock

    @Test func withoutALockTheFileIsLoadedWhereItIs() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let file = try loader(nil).open(try PluginFile(path: path).plugin)
        #expect(file.path == path)
        try file.confirm()
    }

    @Test func aFileReplacedAfterItsNotesWereReadIsNotLoaded() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let plugin = try PluginFile(path: path).plugin
        try replace(path)
        let expected = "the plugin \(path) was replaced after its notes were read; start again"
        #expect(message { () throws(PluginError) in _ = try loader(nil).open(plugin) } == expected)
    }

    @Test func aFileReplacedWhileItIsLoadedIsAnError() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let file = try loader(nil).open(try PluginFile(path: path).plugin)
        try replace(path)
        let expected = "the plugin \(path) was replaced while it was loaded; start again"
        #expect(message { () throws(PluginError) in try file.confirm() } == expected)
    }

    @Test func aFileWrittenToInPlaceIsAnError() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let file = try loader(nil).open(try PluginFile(path: path).plugin)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("x".utf8))
        try handle.close()
        #expect(message { () throws(PluginError) in try file.confirm() }?.contains("was replaced while") == true)
    }

    @Test func whatWasLoadedStaysAndIsNotTakenForANewFile() throws {
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let plugins = PluginLoader(loader(nil))
        _ = try plugins.plugin(try PluginFile(path: path).plugin)
        try replace(path)
        let failure = #expect(throws: NodeFailure.self) { try plugins.plugin(try PluginFile(path: path).plugin) }
        #expect(failure?.message == "the plugin \(path) was replaced after it was loaded; start again")
    }

    // MARK: With a lock

    @Test func aLockedFileIsLoadedFromACopyOfItsUsers() throws {
        let cache = try Fixture.freshDirectory() + "/cache"
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let plugin = try locked(path)
        let digest = try #require(plugin.ticket?.sha256)
        let file = try loader(cache).open(plugin)
        #expect(file.path == "\(cache)/tauro/plugins/\(digest)/node.so")
        #expect(file.file.status.permissions == 0o500)
        for directory in [cache, cache + "/tauro/plugins/\(digest)"] {
            #expect(try FileSystem.fileStatus(of: directory).permissions == 0o700)
        }
        #expect(try FileSystem.read(file.path) == FileSystem.read(path))
        #expect(try FileSystem.list(cache + "/tauro/plugins/\(digest)") == ["node.so"])
        // The notes are those of the copy, told of the file that people know.
        let notes = try PluginFile(file.file, path: path, plugin.ticket)
        #expect(notes.plugin == plugin)
        try file.confirm()
        #expect(try loader(cache).open(plugin).file.status.stamp == file.file.status.stamp)
    }

    @Test func theLoadedNodeRunsFromTheCopy() throws {
        let cache = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let plugin = try locked(path)
        let loaded = try LoadedPlugin(plugin, loader(cache))
        let signature = try #require(
            try PluginFile(path: path, lockedDigest: plugin.ticket?.sha256).signatures.first
        )
        _ = try loaded.function(for: signature)
        let maps = try FileSystem.readText("/proc/self/maps")
        #expect(maps.contains("\(cache)/tauro/plugins/\(plugin.ticket?.sha256 ?? "")/node.so"))
        #expect(!maps.contains(path))
    }

    @Test func anotherDigestIsRefusedWithBoth() throws {
        let cache = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let plugin = try locked(path)
        let digest = try #require(plugin.ticket?.sha256)
        try replace(path)
        let found = try PlainFile(path: path).sha256()
        let message = message { () throws(PluginError) in _ = try loader(cache).open(plugin) }
        #expect(
            message == "the plugin \(path) is not the one that tauro.lock names: locked sha256 \(digest), found "
                + "\(found); put the locked file back, or accept this one with `tauro-host plugins lock --update`"
        )
        #expect(try FileSystem.list("\(cache)/tauro/plugins/\(digest)") == [])
    }

    @Test func aCopyThatWasChangedIsMadeAnew() throws {
        let cache = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"))
        let plugin = try locked(path)
        let copy = try loader(cache).open(plugin).path
        let before = try FileSystem.read(copy)
        let spoil: [() throws -> Void] = [
            { try FileSystem.writeAtomically("something else", to: copy) },
            { try FileManager.default.setAttributes([.posixPermissions: 0o522], ofItemAtPath: copy) },
            {
                try FileManager.default.removeItem(atPath: copy)
                try FileManager.default.createSymbolicLink(atPath: copy, withDestinationPath: path)
            },
        ]
        for spoilCopy in spoil {
            try spoilCopy()
            let file = try loader(cache).open(plugin)
            #expect(file.path == copy && file.file.status.permissions == 0o500)
            #expect(try FileSystem.read(copy) == before)
            #expect(try FileSystem.kindWithoutFollowing(copy) == .file)
        }
    }

    private func letLieUnused(_ path: String) throws {
        let long = Date(timeIntervalSince1970: 1_000_000)
        try FileManager.default.setAttributes([.modificationDate: long], ofItemAtPath: path)
    }

    @Test func copiesThatWereNotUsedForLongGoWhenANewOneIsMade() throws {
        let cache = try Fixture.freshDirectory()
        func copy(_ node: String) throws -> (plugin: NodeSignature.Plugin, place: String) {
            let plugin = try locked(try Fixture.compile(Fixture.plainNode(node)))
            return (plugin, FilePath.parent(try loader(cache).open(plugin).path))
        }
        let (unused, used, fresh) = (try copy("a.unused"), try copy("a.used"), try copy("a.fresh"))
        let other = cache + "/tauro/plugins/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        for place in [unused.place, used.place, other] { try letLieUnused(place) }
        // A run that finds its copy clears up nothing, and keeps it for longer.
        #expect(try FilePath.parent(loader(cache).open(used.plugin).path) == used.place)
        #expect(FileSystem.exists(unused.place))
        let new = try copy("a.new")
        #expect(!FileSystem.exists(unused.place))
        for place in [used.place, fresh.place, new.place, other] { #expect(FileSystem.exists(place), "\(place)") }
        #expect(try FilePath.parent(loader(cache).open(unused.plugin).path) == unused.place)
    }

    @Test func aCacheThatOthersCanWriteIsNotUsed() throws {
        let cache = try Fixture.freshDirectory()
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: cache)
        let plugin = try locked(try Fixture.compile(Fixture.plainNode("a.b")))
        let message = message { () throws(PluginError) in _ = try loader(cache).open(plugin) }
        #expect(message?.contains("\(cache) is writable by its group and others (mode 0777)") == true)
        #expect(message?.contains("or set XDG_CACHE_HOME to another directory") == true)
    }

    @Test func withoutACacheDirectoryALockedFileIsNotLoaded() throws {
        let plugin = try locked(try Fixture.compile(Fixture.plainNode("a.b")))
        let message = message { () throws(PluginError) in _ = try loader(nil).open(plugin) }
        #expect(message?.contains("there is no cache directory; set XDG_CACHE_HOME or HOME") == true)
    }

    /// A plugin that needs `libdep.so`, which is in a folder beside it.
    private func pluginWithLibrary(in folder: String = ".", flag: String = "-Wl,-rpath,$ORIGIN") throws -> String {
        let directory = try Fixture.freshDirectory()
        let place = directory + "/" + folder
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let library = try Fixture.compile(
            "int dep(void) { return 1; }\n",
            to: "libdep.so",
            in: place,
            flags: ["-Wl,-soname,libdep.so"]
        )
        let use = "extern int dep(void);\n__attribute__((used)) static int user(void) { return dep(); }\n"
        return try Fixture.compile(Fixture.plainNode("a.b") + use, in: directory, flags: [library, flag])
    }

    @Test(arguments: [
        (".", "-Wl,-rpath,$ORIGIN"), ("lib", "-Wl,--disable-new-dtags,-rpath,$ORIGIN/lib"),
        (".", "-Wl,-rpath,/opt/lib:${ORIGIN}"),
    ])
    func aFileThatFindsALibraryBesideItselfIsLoadedInPlace(folder: String, flag: String) throws {
        let path = try pluginWithLibrary(in: folder, flag: flag)
        let plugin = try locked(path)
        let file = try loader(nil).open(plugin)
        #expect(file.path == path)
        try file.confirm()
        try replace(path)
        #expect(message { () throws(PluginError) in try file.confirm() }?.contains("replaced while") == true)
    }

    @Test func aFileInItsPlaceIsHeldToItsDigestToo() throws {
        let path = try pluginWithLibrary()
        var plugin = try locked(path)
        let other = String(repeating: "0", count: 64)
        plugin.ticket = LoadingTicket(stamp: try #require(plugin.ticket?.stamp), sha256: other)
        let message = message { () throws(PluginError) in _ = try loader(nil).open(plugin) }
        #expect(message?.contains("locked sha256 \(other), found ") == true)
    }

    /// As every library is that a Swift package builds.
    @Test(arguments: ["-Wl,-rpath,/opt/lib", "-Wl,-rpath,$ORIGIN", "-Wl,--disable-new-dtags,-rpath,$ORIGIN/lib"])
    func aPathThatNoLibraryIsFoundThroughNeedsNoPlace(flag: String) throws {
        let cache = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"), flags: [flag])
        #expect(try loader(cache).open(try locked(path)).path.hasPrefix(cache))
    }
}
