/// The `README.md` of a new plugin.
struct ScaffoldReadme {
    private let name: PluginName
    private let opening: String
    private let files: String

    static func c(_ name: PluginName) -> ScaffoldReadme {
        ScaffoldReadme(
            name: name,
            opening: """
                A plugin for tauro-host in C, with one node, `\(name.text).summary`: how many orders there were, what they
                came to, and the largest.
                """,
            files: """
                - `src/plugin.c`: the node. `src/tally.c`: its arithmetic over Arrow columns, which needs no host.
                - `tests/`: its tests, with the sanitizers, on a host that is only pretended.
                - `Makefile`: the first variable, `TAURO_INCLUDE`, is where `tauro/tauro.h` was when this project was made.
                  Elsewhere: `make TAURO_INCLUDE=/path/to/include`. `call.h` there has every function a node may call.
                """
        )
    }

    static func swift(_ name: PluginName) -> ScaffoldReadme {
        ScaffoldReadme(
            name: name,
            opening: """
                A plugin for tauro-host in Swift, with one node, `\(name.text).spending`: what each customer spent.
                """,
            files: """
                - `Sources/\(name.capitalized)Nodes/`: the node, an ordinary function; `Tests/`: its tests, on a real `Call`.
                - `Package.swift`: depends on the checkout of tauro-host that made this project. Elsewhere:
                  `TAURO_HOST=/path/to/tauro-host swift build`.
                - `sh build.sh --scratch-path .build-optimised --toolset optimised.json` builds a fast plugin.

                The first build compiles swift-syntax, and the first test the host: minutes each. After that it is seconds.
                Without a network both use what SwiftPM keeps in `~/.cache/org.swift.swiftpm` since the host was built.
                """
        )
    }

    /// The text.
    func text(_ steps: [String]) -> String {
        """
        # \(name.text)

        \(opening)

        \(steps.map { "    \($0)" }.joined(separator: "\n"))

        These build it, test it, check it as a host that does not trust it would, run it in the pipeline of `project/`, and
        show the result.

        \(files)
        - `project/`: a pipeline around the node. `config/` says what runs on which data with which parameters; built
          plugins go to `plugins/`, results to `out/`.
        """
    }
}
