package import CTauro
package import TauroModel

/// A call that no plugin's function is behind: the host as a node sees it, for tests of node functions.
///
/// Safe from any thread. The pointers are valid for as long as this object is.
package final class StandaloneCall: Sendable {
    private let call: PluginCall

    /// Opens a call.
    ///
    /// The signature of `invocation` says what is a table and a value in SQL; its symbol and its plugin are not used.
    ///
    /// - Parameters:
    ///   - invocation: what a call of the function would be given.
    ///   - sql: runs the queries.
    ///   - temporaryDirectory: absolute path of a directory for the content of artifacts; made when it is needed.
    ///   - delivery: converts frames with columns that are not deliverable.
    /// - Throws: `NodeFailure` with the status INVALID if inputs or parameters are not those of the signature.
    package init(
        _ invocation: NodeInvocation,
        sql: any SQLRunner,
        temporaryDirectory: String,
        delivery: @escaping FrameDelivery
    ) throws(NodeFailure) {
        let artifacts = ArtifactDirectory(path: temporaryDirectory)
        call = try PluginCall(invocation, CallServices(sql: sql, artifacts: artifacts, delivery: delivery))
    }

    /// What a node gets as its first argument.
    package var pointer: UnsafePointer<tauro_call> { UnsafePointer(call.memory.call) }

    /// What a node gets as its ML context; NULL where the invocation has none.
    package var ml: UnsafePointer<tauro_ml>? {
        call.invocation.ml == nil ? nil : UnsafePointer(call.memory.ml)
    }

    /// The frame called `name` in SQL, as the node gets it; nil if there is none.
    package func frame(named name: String) -> OpaquePointer? {
        call.inputs.tables(call.invocation.signature).first { $0.name == name }.map { OpaquePointer($0.handle.pointer) }
    }

    /// The last error text that was left with the call.
    package var errorText: String? { call.messages.text }
}
