/// What makes a new plugin in Swift a package: manifest, build script, and options for a fast plugin.
enum SwiftPackageFiles {
    static func files(_ name: PluginName, checkout: String) -> [ScaffoldFile] {
        [
            ScaffoldFile("Package.swift", manifest, for: name, with: ["checkout": literal(checkout)]),
            ScaffoldFile("build.sh", buildScript, for: name),
            ScaffoldFile("optimised.json", optimised),
        ]
    }

    /// The text as a string literal of Swift.
    private static func literal(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }

    private static let manifest = #"""
        // swift-tools-version: 6.2
        import PackageDescription

        /// The checkout of tauro-host that this package builds on. Elsewhere: TAURO_HOST=/path/to/tauro-host swift build
        let tauroHost = Context.environment["TAURO_HOST"] ?? {{checkout}}

        let package = Package(
            name: "{{name}}",
            products: [.library(name: "{{name}}_nodes", type: .dynamic, targets: ["{{Name}}Nodes"])],
            dependencies: [.package(name: "tauro-host", path: tauroHost)],
            targets: [
                .target(
                    name: "{{Name}}Nodes",
                    dependencies: [.product(name: "TauroSDK", package: "tauro-host")]
                ),
                .testTarget(
                    name: "{{Name}}NodesTests",
                    dependencies: [
                        "{{Name}}Nodes", .product(name: "TauroNodeTesting", package: "tauro-host"),
                    ]
                ),
            ]
        )
        """#

    private static let buildScript = #"""
        #!/bin/sh
        # Builds the plugin and puts it into project/plugins/: sh build.sh [argument of swift build]…
        set -e
        cd "$(dirname "$0")"

        swift build --product {{name}}_nodes "$@"

        # In one rename: a host that has the old file mapped keeps it. Nobody else may write to it: a host refuses what
        # others could have changed.
        install -d -m 755 project/plugins
        install -m 755 "$(swift build --show-bin-path "$@")/lib{{name}}_nodes.so" project/plugins/.{{name}}.so.new
        mv -f project/plugins/.{{name}}.so.new project/plugins/{{name}}.so
        """#

    private static let optimised = #"""
        {
          "schemaVersion": "1.0",
          "swiftCompiler": { "extraCLIOptions": ["-O"] },
          "cCompiler": { "extraCLIOptions": ["-O2"] }
        }
        """#
}
