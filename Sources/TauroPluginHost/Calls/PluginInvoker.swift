package import TauroModel

/// Gives a frame whose types a node may not receive the types that it may.
///
/// Called from any thread; may block, until the token is cancelled. The spool is where rows go that memory has no room for.
package typealias FrameDelivery = @Sendable (Frame, FrameSpool?, CancellationToken) throws -> Frame

/// Calls node functions in this process, through libffi, on the thread that asks.
package final class PluginInvoker: NodeInvoker {
    private let services: CallServices
    private let record: CallRecord?
    /// One for the process, so that a serial plugin is serial whoever calls it.
    private static let loader = PluginLoader(.ofThisProcess)

    /// Creates an invoker.
    ///
    /// - Parameters:
    ///   - sql: Runs the queries of nodes.
    ///   - temporaryDirectory: Absolute path of a directory for the content of artifacts; made when it is needed. Files
    ///     that nodes emit stay in it for their consumers, so its owner removes it when the run is over.
    ///   - record: Where calls are written down while they are under way.
    ///   - delivery: Converts frames with columns that are not deliverable (`ArrowType.isDeliverable`).
    package init(
        sql: any SQLRunner,
        temporaryDirectory: String,
        record: CallRecord? = nil,
        delivery: @escaping FrameDelivery
    ) {
        self.record = record
        self.services = CallServices(
            sql: sql,
            artifacts: ArtifactDirectory(path: temporaryDirectory),
            delivery: delivery
        )
    }

    /// Calls the function once, and blocks until it returns.
    ///
    /// Loads its plugin at the first call.
    ///
    /// - Throws: `NodeFailure`.
    package func invoke(_ invocation: NodeInvocation) throws -> Dataset? {
        let slot = record?.enter(invocation)
        defer { if let slot { record?.leave(slot) } }
        let plugin = try Self.loader.plugin(invocation.signature.plugin)
        let function = try plugin.function(for: invocation.signature)
        let call = try PluginCall(invocation, services)
        guard invocation.signature.plugin.isSerial else { return try call.run(function) }
        slot?.move(to: RecordLayout.State.waiting)
        return try plugin.serially {
            slot?.move(to: RecordLayout.State.inCall)
            return try call.run(function)
        }
    }
}

/// What every call of an invoker is served with.
///
/// One object, so that a call that keeps it counts one reference.
final class CallServices: Sendable {
    let sql: any SQLRunner
    let artifacts: ArtifactDirectory
    let delivery: FrameDelivery
    /// Hands out streams in place of the host, where somebody watches what a node does with them.
    let exporter: (any StreamExporter)?

    init(
        sql: any SQLRunner,
        artifacts: ArtifactDirectory,
        delivery: @escaping FrameDelivery,
        exporter: (any StreamExporter)? = nil
    ) {
        self.exporter = exporter
        self.sql = sql
        self.artifacts = artifacts
        self.delivery = delivery
    }
}
