import TauroModel
import Testing

@testable import TauroPluginHost

/// Where plugins are looked for, and in which order.
struct SearchPathTests {
    private static let system = [
        PluginDirectory("/usr/local/lib/tauro/plugins", .system), PluginDirectory("/usr/lib/tauro/plugins", .system),
    ]

    @Test func theProjectComesBeforeTheEnvironmentAndTheSystem() {
        let path = PluginSearchPath(
            project: "/home/ann/shop",
            settings: ["/home/ann/shared", "/home/ann/shop/more"],
            environment: ["TAURO_PLUGIN_PATH": "/opt/a/:/opt/../srv/b", "XDG_DATA_HOME": "/data", "HOME": "/home/ann"]
        )
        #expect(
            path.directories == [
                PluginDirectory("/home/ann/shop/plugins", .project), PluginDirectory("/home/ann/shared", .settings),
                PluginDirectory("/home/ann/shop/more", .settings), PluginDirectory("/opt/a", .variable),
                PluginDirectory("/srv/b", .variable), PluginDirectory("/data/tauro/plugins", .user),
            ] + SearchPathTests.system
        )
        #expect(path.problems.isEmpty)
    }

    @Test func theUsersDirectoryIsBelowTheHomeUnlessSaid() {
        func user(_ environment: [String: String]) -> [String] {
            PluginSearchPath(project: "/p", environment: environment).directories.filter { $0.origin == .user }
                .map(\.path)
        }
        #expect(user(["HOME": "/home/ann"]) == ["/home/ann/.local/share/tauro/plugins"])
        #expect(user([:]) == [])
    }

    @Test func emptyAndRelativeComponentsAreProblems() {
        let path = PluginSearchPath(project: "/p", environment: ["TAURO_PLUGIN_PATH": "/opt/a:relative::/srv/b"])
        #expect(path.directories.filter { $0.origin == .variable }.map(\.path) == ["/opt/a", "/srv/b"])
        #expect(
            path.problems.map(\.message) == [
                "part 2 of TAURO_PLUGIN_PATH is the relative path 'relative'; expected an absolute directory",
                "part 3 of TAURO_PLUGIN_PATH is empty; expected an absolute directory",
            ]
        )
        #expect(PluginSearchPath(project: "/p", environment: ["TAURO_PLUGIN_PATH": ""]).problems.count == 1)
    }

    @Test(arguments: [
        (PluginSearchPath.Disregard.requested, "--no-env"), (.elevated, "more rights than whoever started it"),
    ])
    func theEnvironmentMayCountForNothing(disregard: PluginSearchPath.Disregard, reason: String) {
        let path = PluginSearchPath(
            project: "/p",
            settings: ["/more"],
            environment: ["TAURO_PLUGIN_PATH": "/opt/a:relative", "HOME": "/home/ann"],
            disregard: disregard
        )
        #expect(path.problems.isEmpty)
        #expect(path.directories.filter { $0.ignored == nil }.map(\.origin) == [.project, .settings, .system, .system])
        #expect(path.directories.compactMap(\.ignored).count == 2)
        #expect(path.directories.compactMap(\.ignored).allSatisfy { $0.contains(reason) })
    }

    @Test func directoriesThatCountForNothingAreNotLookedAt() throws {
        let directory = try Fixture.freshDirectory()
        _ = try Fixture.compile(Fixture.plainNode("a.b"), in: directory)
        let catalog = PluginCatalog.discover([PluginDirectory(directory, .variable, ignored: "because")])
        #expect(catalog.names.isEmpty && catalog.searchedDirectories.isEmpty)
        let searched = try #require(catalog.survey().directories.first)
        #expect(searched.state == .ignored("because") && searched.files.isEmpty)
    }
}
