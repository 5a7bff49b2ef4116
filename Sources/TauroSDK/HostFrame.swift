import CTauro
import Synchronization

/// A frame that the host holds, and that is reached through its functions.
///
/// Sendable because the host allows any thread, `pointer` is immutable, and `schema` is behind a lock.
package final class HostFrame: @unchecked Sendable {
    /// Valid while the scope is active.
    let pointer: OpaquePointer
    let scope: CallScope
    /// Whether the frame is a result that may be given back early.
    private let isOwned: Bool
    private let knownSchema = Mutex<Schema?>(nil)

    package init(_ pointer: OpaquePointer, scope: CallScope, isOwned: Bool) {
        self.pointer = pointer
        self.scope = scope
        self.isOwned = isOwned
    }

    deinit {
        guard isOwned, let call = scope.ifActive else { return }
        call.pointee.host.pointee.frame_release(call, pointer)
    }

    /// The columns' names and types; asks the host once.
    func schema() throws -> Schema {
        let call = try scope.pointer(for: "frame")
        if let known = knownSchema.withLock({ $0 }) { return known }
        var exported = ArrowSchema()
        let status = call.pointee.host.pointee.frame_schema(call, pointer, &exported)
        guard status == TAURO_OK else { throw scope.failure(status, "reading a frame's columns") }
        defer { exported.release?(&exported) }
        let schema = try Schema(importing: &exported)
        knownSchema.withLock { $0 = schema }
        return schema
    }

    /// A new stream over the rows, for one thread at a time; it must be gone before the node returns.
    func stream() throws -> ArrowStreamReader {
        let call = try scope.pointer(for: "frame")
        var exported = ArrowArrayStream()
        let status = call.pointee.host.pointee.frame_stream(call, pointer, &exported)
        guard status == TAURO_OK else { throw scope.failure(status, "reading a frame") }
        return try ArrowStreamReader(taking: &exported)
    }

    /// The number of rows, nil while it is not known.
    var rowCount: Int? {
        guard let call = scope.ifActive else { return nil }
        let count = call.pointee.host.pointee.frame_rows(call, pointer)
        return count < 0 ? nil : Int(count)
    }
}
