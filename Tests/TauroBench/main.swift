import Glibc

// Measures inside one process what scripts/bench compares: `tauro-bench call PLUGIN` prints nanoseconds a call,
// `tauro-bench hand PLUGIN` the same for a node that takes frames of several sizes, `tauro-bench worker PLUGIN HOST` for
// calls in worker processes, `tauro-bench notes DIRECTORY` milliseconds a search, `tauro-bench scheduler SHAPE NODES TIER
// WORKERS` nanoseconds a node of a graph whose nodes do nothing, as one JSON document; `tauro-bench graph SHAPE NODES` prints
// such a graph.

do {
    switch CommandLine.arguments.dropFirst().first {
    case "call" where CommandLine.argc == 3: try CallBenchmark(plugin: CommandLine.arguments[2]).run()
    case "hand" where CommandLine.argc == 3: try HandingBenchmark.run(plugin: CommandLine.arguments[2])
    case "notes" where CommandLine.argc == 3: try NotesBenchmark.run(directory: CommandLine.arguments[2])
    case "graph" where CommandLine.argc == 4:
        try SchedulerBenchmark.printGraph(CommandLine.arguments.suffix(2))
    case "scheduler" where CommandLine.argc == 6:
        try SchedulerBenchmark(CommandLine.arguments.suffix(4)).run()
    case "worker" where CommandLine.argc == 4:
        try WorkerBenchmark(plugin: CommandLine.arguments[2], program: CommandLine.arguments[3]).run()
    case "echo" where CommandLine.argc == 4:
        let sizes = CommandLine.arguments.suffix(2).map { Int($0) ?? 1 }
        try Echo.serve(bytes: sizes[0], copying: sizes[1])
    default:
        let usage =
            "usage: tauro-bench call PLUGIN | hand PLUGIN | worker PLUGIN HOST | notes DIRECTORY"
            + " | graph SHAPE NODES | scheduler SHAPE NODES TIER WORKERS"
        throw BenchmarkError(text: usage)
    }
} catch {
    let line = "tauro-bench: \(error)\n"
    write(STDERR_FILENO, line, line.utf8.count)
    exit(1)
}
