// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

/// The house's Swift settings: one constant, used by every Swift target.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room of the host.
///
/// `Docs/` and documentation catalogues are not sources.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "tauro-host",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "tauro-host", targets: ["tauro-host"]),
        // What a program that embeds the engine imports.
        .library(name: "TauroRuntime", targets: ["TauroRuntime", "TauroIO", "TauroConfig", "TauroModel"]),
        .library(name: "TauroSDK", targets: ["TauroSDK"]),
        .library(name: "TauroNodeTesting", targets: ["TauroNodeTesting"]),
        .library(name: "flights_c", type: .dynamic, targets: ["FlightsC"]),
        .library(name: "flights_swift", type: .dynamic, targets: ["FlightsSwift"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
    ],
    targets: [
        // The C ABI, and C libraries as system modules.
        .systemLibrary(name: "CTauro", path: "include"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CFFI", pkgConfig: "libffi", providers: [.apt(["libffi-dev"])]),
        .systemLibrary(name: "CDuckDB"),
        .systemLibrary(name: "CADBC"),
        .systemLibrary(name: "CKafka"),

        // The host's rooms, lowest first. Arrows point down only: scripts/check-layering.
        room("TauroBasics", []),
        room("TauroData", ["CTauro", "TauroBasics"]),
        room("TauroModel", ["TauroData", "TauroBasics"]),
        room("TauroEngine", ["TauroModel", "TauroData", "TauroBasics", "CDuckDB", "CTauro"]),
        room("TauroIO", ["TauroEngine", "TauroModel", "TauroData", "TauroBasics", "CADBC", "CKafka", "CTauro"]),
        room("TauroPluginHost", ["TauroModel", "TauroData", "TauroBasics", "CFFI", "CTauro"]),
        room("TauroConfig", ["TauroModel", "TauroBasics", "CYAML"]),
        room("TauroExecution", ["TauroModel", "TauroBasics"]),
        room("TauroState", ["TauroModel", "TauroBasics"]),
        room(
            "TauroRuntime",
            [
                "TauroExecution", "TauroConfig", "TauroPluginHost", "TauroState", "TauroIO", "TauroEngine",
                "TauroModel", "TauroData", "TauroBasics", logging,
            ]
        ),
        room("TauroCommands", ["TauroRuntime", "TauroModel", "TauroBasics", argumentParser, logging]),
        .executableTarget(
            name: "tauro-host",
            dependencies: ["TauroCommands"],
            swiftSettings: strict
        ),

        // The author's side.
        .macro(
            name: "TauroSDKMacros",
            dependencies: [
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
                .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
            ],
            swiftSettings: strict
        ),
        room("TauroSDK", ["TauroSDKMacros", "TauroData", "CTauro"]),
        room(
            "TauroNodeTesting",
            [
                "TauroRuntime", "TauroPluginHost", "TauroEngine", "TauroSDK", "TauroModel", "TauroData", "TauroBasics",
                "CTauro",
            ]
        ),
        .target(
            name: "FlightsC",
            path: "Plugins/Flights/C",
            publicHeadersPath: ".",
            cSettings: [.headerSearchPath("../../../include")]
        ),
        .target(
            name: "FlightsSwift",
            dependencies: ["TauroSDK"],
            path: "Plugins/Flights/Swift",
            swiftSettings: strict
        ),

        // What scripts/bench measures inside one process.
        .executableTarget(
            name: "tauro-bench",
            dependencies: [
                "TauroExecution", "TauroState", "TauroPluginHost", "TauroModel", "TauroData", "TauroBasics", "CFFI",
            ],
            path: "Tests/TauroBench",
            swiftSettings: strict
        ),

        // Tests.
        room("TauroTesting", ["TauroModel", "TauroData", "TauroBasics"]),
        .testTarget(name: "TauroBasicsTests", dependencies: ["TauroBasics"], swiftSettings: strict),
        .testTarget(
            name: "TauroCommandsTests",
            dependencies: ["TauroCommands", "TauroTesting", "TauroModel", "TauroBasics", logging],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroConfigTests",
            dependencies: ["TauroConfig", "TauroTesting", "TauroModel", "TauroBasics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroDataTests",
            dependencies: ["TauroData", "TauroTesting", "TauroBasics", "CTauro"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroEngineTests",
            dependencies: ["TauroEngine", "TauroModel", "TauroData", "TauroBasics", "CTauro"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroHostTests",
            dependencies: ["tauro-host", "TauroTesting", "TauroBasics"],
            exclude: ["Snapshots", "Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroExecutionTests",
            dependencies: ["TauroExecution", "TauroTesting", "TauroModel", "TauroData", "TauroBasics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroIOTests",
            dependencies: [
                "TauroIO", "TauroEngine", "TauroTesting", "TauroModel", "TauroData", "TauroBasics", "CTauro",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroPluginHostTests",
            dependencies: ["TauroPluginHost", "TauroTesting", "TauroModel", "TauroData", "TauroBasics", "tauro-host"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroNodeTestingTests",
            dependencies: ["TauroNodeTesting", "FlightsSwift", "TauroSDK"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroRuntimeTests",
            dependencies: ["TauroRuntime", "TauroIO", "TauroConfig", "TauroModel", logging],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroSimulationTests",
            dependencies: ["TauroExecution", "TauroState", "TauroTesting", "TauroModel", "TauroBasics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroStateTests",
            dependencies: ["TauroState", "TauroTesting", "TauroModel", "TauroBasics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroSDKMacrosTests",
            dependencies: [
                "TauroSDKMacros",
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacrosGenericTestSupport", package: "swift-syntax"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TauroSDKTests",
            dependencies: ["TauroSDK", "TauroData", "CTauro"],
            swiftSettings: strict
        ),
    ]
)
