import TauroBasics
import TauroModel
import TauroPluginHost

/// How long it takes to find every node of a directory of plugins.
enum NotesBenchmark {
    static func run(directory: String) throws {
        let clock = SystemMonotonicClock()
        let began = clock.elapsedTime()
        let catalog = PluginCatalog.discover([PluginDirectory(directory, .settings)])
        let milliseconds = (clock.elapsedTime() - began) / .milliseconds(1)
        guard catalog.refusals.isEmpty, catalog.problems.isEmpty else {
            throw BenchmarkError(text: "not every plugin of \(directory) was taken: \(catalog.refusals.prefix(3))")
        }
        let figures: JSONValue = [
            "milliseconds": .double(milliseconds), "nodes": .integer(Int64(catalog.names.count)),
        ]
        print(figures.text())
    }
}
