import Foundation
import TauroBasics
import TauroModel

@testable import TauroPluginHost

/// Calls nodes of one plugin file in worker processes.
final class WorkerHarness: Sendable {
    /// The program that this test run built.
    static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("tauro-host").path

    let file: PluginFile
    let reports = Reports()
    let directory: String
    let invoker: WorkerInvoker

    init(
        _ path: Result<String, any Error>,
        sql: any SQLRunner = FakeSQLRunner(),
        program: String? = WorkerHarness.program,
        environment: [String: String] = ProcessEnvironment.variables(),
        grace: Duration = .milliseconds(200),
        delivery: @escaping FrameDelivery = { frame, _, _ in frame }
    ) throws {
        file = try PluginFile(path: try path.get())
        directory = try Fixture.freshDirectory()
        invoker = WorkerInvoker(
            fleet: WorkerFleet(program: program, environment: environment),
            sql: sql,
            temporaryDirectory: directory,
            grace: grace,
            delivery: delivery
        )
    }

    /// Calls a node with parameters by name, defaults for the others.
    @discardableResult
    func call(
        _ name: String,
        _ inputs: [Dataset] = [],
        _ given: [String: ParameterValue] = [:],
        ml: MLContext? = nil,
        timeout: Double? = nil,
        memoryLimit: Int64? = nil,
        cancellation: CancellationToken = CancellationToken(),
        spool: FrameSpool? = nil,
        report: (@Sendable (NodeReport) -> Void)? = nil
    ) throws -> Dataset? {
        guard let signature = file.signatures.first(where: { $0.name == name }) else {
            throw Harness.Missing(name: name)
        }
        let settings = ExecutionSettings(isolation: .process, timeoutSeconds: timeout, workerMemoryLimit: memoryLimit)
        let invocation = NodeInvocation(
            signature: signature,
            node: "step",
            runID: "run-1",
            attempt: 2,
            inputs: inputs,
            dates: DateWindow(start: "2026-01-01", end: nil),
            parameters: signature.parameters.compactMap { given[$0.name] ?? $0.defaultValue },
            ml: ml,
            cancellation: cancellation,
            execution: PlannedExecution(settings),
            spool: spool,
            report: report ?? { [reports] in reports.add($0) }
        )
        return try invoker.invoke(invocation)
    }

    /// The message of a call that is expected to fail, with times and paths that differ from run to run replaced.
    func failure(
        _ name: String,
        _ inputs: [Dataset] = [],
        _ given: [String: ParameterValue] = [:],
        timeout: Double? = nil,
        memoryLimit: Int64? = nil,
        cancellation: CancellationToken = CancellationToken()
    ) throws -> String {
        do {
            try call(name, inputs, given, timeout: timeout, memoryLimit: memoryLimit, cancellation: cancellation)
        } catch let failure as NodeFailure {
            return shown("\(failure.status): \(failure.message)")
        } catch let error as any ExecutionError {
            return shown("\(type(of: error).typeName): \(error.message)")
        }
        throw Harness.Missing(name: "a failure of \(name)")
    }

    private func shown(_ text: String) -> String {
        text.replacing(file.plugin.path, with: "PLUGIN")
            .replacing(/after [0-9.]+ m?s/, with: "after TIME")
            .replacing(/held [0-9]+ MiB/, with: "held N MiB")
    }
}
