import Glibc
import TauroConfig
import TauroIO
import TauroModel
import TauroRuntime

/// Shows what happens.
struct Printer: RunObserver {
    let leastLevel = LogLevel.info

    func observe(_ event: RunEvent) {
        switch event.kind {
        case .runStarted(let pipeline, let nodes, _): print("\(pipeline): \(nodes.count) nodes")
        case .nodeReported(let node, _, .log(let level, let text)): print("\(node) says (\(level)): \(text)")
        case .nodeFinished(let node): print("\(node.name): \(node.status.rawValue)")
        case .runFinished(let summary): print("\(summary.pipeline): \(summary.status.rawValue)")
        default: break
        }
    }
}

/// Stops the run as soon as a node has something to say.
struct Stopper: RunObserver {
    let node: String
    let cancellation: CancellationToken

    func observe(_ event: RunEvent) {
        if case .nodeReported(node, _, _) = event.kind { cancellation.cancel() }
    }
}

func show(_ node: NodeSummary) {
    let end = node.reason.map { ", \($0)" } ?? ""
    print("  \(node.name): \(node.status.rawValue), \(node.rows ?? 0) rows\(end)")
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
    print("usage: embedding PROJECT PIPELINE NODE")
    exit(2)
}
let (project, pipeline, node) = (arguments[1], arguments[2], arguments[3])

do {
    let context = try Context.load(project: .directory(project), environment: nil)
    let executor = try BaseExecutor(
        context: context,
        inputLoader: InputLoader(context: context),
        outputManager: DataOutputManager(context: context)
    )

    // A run that is stopped half-way …
    let cancellation = CancellationToken()
    let stopped = try executor.executePipeline(
        pipeline,
        maxWorkers: 2,
        hyperparams: ["learning_rate": 0.1],
        observers: [Printer(), Stopper(node: node, cancellation: cancellation)],
        cancellation: cancellation
    )
    stopped.nodes.forEach(show)

    // … and goes on: what completed is not run again.
    let summary = try executor.executePipeline(pipeline, observers: [Printer()], resuming: stopped.runID)
    summary.nodes.forEach(show)
    for error in summary.errors { print(error) }

    // One node alone, on what the run has stored.
    show(try NodeExecutor(executor).executeSingleNode(node, pipeline: pipeline))
} catch {
    print(error)
}
