/// What makes a new plugin in Swift a package: manifest, build script, and options for a fast plugin.
enum SwiftPackageFiles {
    static func files(_ name: PluginName, checkout: String) -> [ScaffoldFile] {
        [
            ScaffoldFile("Package.swift", manifest(name, literal(checkout))),
            ScaffoldFile("build.sh", buildScript(name.text)),
            ScaffoldFile("optimised.json", optimised),
        ]
    }

    /// The text as a string literal of Swift.
    private static func literal(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }

    /// - Parameter checkout: the path as a literal, with its quotes.
    private static func manifest(_ name: PluginName, _ checkout: String) -> String {
        #"""
        // swift-tools-version: 6.2
        import PackageDescription

        /// The checkout of tauro-host that this package builds on. Elsewhere: TAURO_HOST=/path/to/tauro-host swift build
        let tauroHost = Context.environment["TAURO_HOST"] ?? \#(checkout)

        let package = Package(
            name: "\#(name.text)",
            products: [.library(name: "\#(name.text)_nodes", type: .dynamic, targets: ["\#(name.capitalized)Nodes"])],
            dependencies: [.package(name: "tauro-host", path: tauroHost)],
            targets: [
                .target(
                    name: "\#(name.capitalized)Nodes",
                    dependencies: [.product(name: "TauroSDK", package: "tauro-host")]
                ),
                .testTarget(
                    name: "\#(name.capitalized)NodesTests",
                    dependencies: [
                        "\#(name.capitalized)Nodes", .product(name: "TauroNodeTesting", package: "tauro-host"),
                    ]
                ),
            ]
        )
        """#
    }

    private static func buildScript(_ name: String) -> String {
        #"""
        #!/bin/sh
        # Builds the plugin and puts it into project/plugins/: sh build.sh [argument of swift build]…
        set -e
        cd "$(dirname "$0")"

        swift build --product \#(name)_nodes "$@"

        # In one rename: a host that has the old file mapped keeps it. Nobody else may write to it: a host refuses what
        # others could have changed.
        install -d -m 755 project/plugins
        install -m 755 "$(swift build --show-bin-path "$@")/lib\#(name)_nodes.so" project/plugins/.\#(name).so.new
        mv -f project/plugins/.\#(name).so.new project/plugins/\#(name).so
        """#
    }

    private static let optimised = #"""
        {
          "schemaVersion": "1.0",
          "swiftCompiler": { "extraCLIOptions": ["-O"] },
          "cCompiler": { "extraCLIOptions": ["-O2"] }
        }
        """#
}
