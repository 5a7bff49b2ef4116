import CTauro
import Synchronization
import TauroData
import TauroModel

extension PluginCall {
    /// The frame behind a pointer that the node passes as `what`.
    ///
    /// The pointer is looked up, never followed.
    ///
    /// - Throws: `HostFailure` with the status INVALID.
    func frame(_ pointer: OpaquePointer?, _ what: String) throws(HostFailure) -> FrameHandle {
        guard let pointer else { throw HostFailure(.invalid, "\(what): the frame is NULL") }
        if let input = inputs.frames.first(where: { $0.pointer == UnsafeRawPointer(pointer) }) { return input }
        let address = UInt(bitPattern: pointer)
        guard let handle = frames.withLock({ $0[address] }) else {
            throw HostFailure(.invalid, "\(what): this is no frame of the call, or it was released")
        }
        return handle
    }

    /// Forgets a frame that the node gives back.
    ///
    /// NULL and inputs are left alone.
    func release(_ pointer: OpaquePointer?) {
        let address = UInt(bitPattern: pointer)
        // What leaves the list is freed after the lock: that may call into the plugin.
        let released = frames.withLock { $0.removeValue(forKey: address) }
        withExtendedLifetime(released) {}
    }

    /// A new stream over a frame's rows in types that a node may receive.
    ///
    /// In memory nothing is copied.
    func stream(over handle: FrameHandle) throws -> any RecordBatchStream {
        let frame = try handle.deliverable(services.delivery, invocation)
        let stream = try frame.stream(cancellation: invocation.cancellation)
        if case .memory = frame.content { return stream }
        return RememberingStream(stream, messages)
    }

    /// The same as a C stream, which the node owns.
    func export(_ handle: FrameHandle) throws -> ArrowArrayStream {
        let stream = try stream(over: handle)
        guard let exporter = services.exporter else { return stream.export() }
        let name = inputs.tables(invocation.signature).first { $0.handle === handle }?.name
        return try exporter.export(stream, of: name ?? "a query's result")
    }

    /// Releases a stream that is taken over and not wanted.
    static func discard(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) {
        guard let stream, let release = stream.pointee.release else { return }
        release(stream)
        stream.pointee.release = nil
    }

    /// Pulls a stream of the node to its end.
    ///
    /// Takes it over and releases it in every case.
    ///
    /// - Throws: `HostFailure`, `ArrowError`.
    func drain(_ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ what: String) throws -> Frame {
        guard let stream else { throw HostFailure(.invalid, "\(what): the stream is NULL") }
        guard stream.pointee.release != nil else {
            throw HostFailure(.invalid, "\(what): the stream was released already")
        }
        let reader = try ArrowStreamReader(taking: stream)
        let collector = FrameCollector(schema: reader.schema, spool: invocation.spool)
        try collector.append(all: reader)
        return try collector.finish()
    }
}
