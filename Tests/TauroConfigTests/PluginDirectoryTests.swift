import TauroConfig
import TauroModel
import Testing

/// `plugins` of global settings: one directory or several, the project's unless absolute.
@Suite struct PluginDirectoryTests {
    private func directories(_ settings: String) throws -> [String]? {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": settings])
        return project.load().context?.globalSettings.pluginDirectories.map {
            $0.hasPrefix(project.directory) ? "PROJECT" + $0.dropFirst(project.directory.count) : $0
        }
    }

    @Test func relativePathsAreTheProjects() throws {
        #expect(try directories("output_path: out\n") == [])
        #expect(try directories("plugins: ../shared/./nodes\n")?.first?.hasSuffix("/shared/nodes") == true)
        #expect(try directories("plugins: [build/lib, /opt/nodes]\n") == ["PROJECT/build/lib", "/opt/nodes"])
        #expect(try directories("root: /srv\nplugins: \"${root}/nodes\"\n") == ["/srv/nodes"])
    }

    @Test(arguments: [
        ("plugins: 3\n", "`plugins` of global settings: expected text or a list of texts, found the whole number 3."),
        ("plugins: [a, '']\n", "`plugins` of global settings has an empty path."),
        ("plugins: \"${secret:HOME}\"\n", "`plugins` of global settings can not hold a secret"),
    ])
    func whatIsNoDirectoryIsRefused(settings: String, message: String) throws {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": settings])
        let found = project.findings(variables: ["HOME": "/home/ann"])
        #expect(found.contains(message), "\(found)")
    }

    @Test func anOverlayReplacesThem() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml": "plugins: [a, b]\n", "config/dev/global_settings.yaml": "plugins: c\n",
        ])
        let settings = project.load(environment: "dev").context?.globalSettings
        #expect(settings?.pluginDirectories == [project.directory + "/c"])
    }
}
