import CTauro

/// The C arguments of one invocation as Swift values.
///
/// What the code that `@Node` makes is built on; not for use by hand.
public struct _NodeEntry {
    /// The invocation.
    public let call: Call
    private let out: UnsafeMutablePointer<tauro_output>

    /// Runs a node's function and turns what it throws into a status and a text for the host.
    public static func run(
        _ call: UnsafeRawPointer?,
        _ startDate: UnsafePointer<CChar>?,
        _ endDate: UnsafePointer<CChar>?,
        _ out: UnsafeMutableRawPointer?,
        _ body: (_NodeEntry) throws -> Void
    ) -> Int32 {
        guard let call, let out else { return TAURO_E_INTERNAL }
        let entry = _NodeEntry(
            call: Call(
                call.assumingMemoryBound(to: tauro_call.self),
                startDate: startDate.map { String(cString: $0) },
                endDate: endDate.map { String(cString: $0) }
            ),
            out: out.assumingMemoryBound(to: tauro_output.self)
        )
        defer { entry.call.scope.end() }
        do {
            try body(entry)
            return TAURO_OK
        } catch {
            return entry.call.fail(error)
        }
    }

    /// An input that is a table.
    public func frame(_ pointer: OpaquePointer?) throws -> Frame {
        guard let pointer else { throw NodeError(.internal, "the host passed no frame for an input") }
        return Frame(storage: .host(HostFrame(pointer, scope: call.scope, isOwned: false)))
    }

    /// All remaining inputs.
    public func frames(_ pointer: UnsafeRawPointer?) throws -> [Frame] {
        guard let list = pointer?.assumingMemoryBound(to: tauro_frame_list.self) else {
            throw NodeError(.internal, "the host passed no list of frames")
        }
        return try (0..<list.pointee.count).map { try frame(list.pointee.frames[$0]) }
    }

    /// An input that is bytes or a file.
    public func artifact(_ pointer: OpaquePointer?) throws -> Artifact {
        guard let pointer else { throw NodeError(.internal, "the host passed no artifact for an input") }
        let artifact = HostArtifact(pointer, scope: call.scope)
        return Artifact(storage: .host(artifact), mediaType: artifact.mediaType)
    }

    /// The ML context, nil unless the run has one.
    public func ml(_ pointer: UnsafeRawPointer?) -> MLContext? {
        pointer.map { MLContext($0.assumingMemoryBound(to: tauro_ml.self), scope: call.scope) }
    }

    /// A parameter that is text.
    public func string(_ pointer: UnsafePointer<CChar>?) throws -> String {
        guard let pointer else { throw NodeError(.internal, "the host passed no text for a parameter") }
        return String(cString: pointer)
    }

    /// Hands a result to the host.
    public func emit(_ result: Frame) throws {
        let status: Int32
        switch result.storage {
        case .host(let frame):
            guard frame.scope === call.scope else {
                throw NodeError.invalid("the returned frame belongs to another call")
            }
            status = out.pointee.host.pointee.emit_frame(out, frame.pointer)
        case .memory(let schema, let batches):
            var stream = BatchListStream(schema: schema, batches: batches).export()
            status = out.pointee.host.pointee.emit_stream(out, &stream)
        }
        guard status == TAURO_OK else { throw call.scope.failure(status, "returning a frame") }
    }

    /// Hands a result to the host.
    public func emit(_ result: Artifact) throws {
        let status: Int32
        switch result.storage {
        case .host(let artifact): status = try artifact.withBytes { emit($0, result.mediaType) }
        case .bytes(let bytes): status = bytes.withUnsafeBytes { emit($0, result.mediaType) }
        case .file(let path): status = out.pointee.host.pointee.emit_file(out, result.mediaType, path)
        }
        guard status == TAURO_OK else { throw call.scope.failure(status, "returning an artifact") }
    }

    /// The result of a node that returns nothing.
    public func emit(_ result: Void) throws {}

    private func emit(_ bytes: UnsafeRawBufferPointer, _ mediaType: String) -> Int32 {
        out.pointee.host.pointee.emit_bytes(out, mediaType, bytes.baseAddress, UInt64(bytes.count))
    }
}
