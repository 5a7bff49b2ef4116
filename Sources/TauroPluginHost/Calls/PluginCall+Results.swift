import CTauro
import Synchronization
import TauroData
import TauroModel

extension PluginCall {
    /// Takes a frame of the call as the result.
    func emit(frame pointer: OpaquePointer?) throws {
        let handle = try frame(pointer, "tauro_emit_frame")
        try result.withLock { result in
            try result.begin(.frame)
            result.settle(handle.frame)
        }
    }

    /// Pulls a stream to its end as the result.
    ///
    /// Takes the stream over in every case.
    func emit(stream: UnsafeMutablePointer<ArrowArrayStream>?) throws {
        do {
            try result.withLock { try $0.begin(.frame) }
        } catch {
            PluginCall.discard(stream)
            throw error
        }
        do {
            let frame = try drain(stream, "tauro_emit_stream")
            result.withLock { $0.settle(frame) }
        } catch {
            // After a stream that failed of itself, another one may follow.
            result.withLock { error is SpoolError ? $0.fail(error) : $0.abandon() }
            throw error
        }
    }

    /// Adds a batch to the result, or states its schema.
    ///
    /// Takes both structures over in every case. Once a batch was not taken in, the result lacks it, and the call fails.
    func emit(batch: UnsafeMutablePointer<ArrowArray>?, schema: UnsafeMutablePointer<ArrowSchema>?) throws {
        defer {
            if let schema, let release = schema.pointee.release {
                release(schema)
                schema.pointee.release = nil
            }
            if let batch, let release = batch.pointee.release {
                release(batch)
                batch.pointee.release = nil
            }
        }
        do {
            guard let schema else { throw HostFailure(.invalid, "tauro_emit_batch: the schema is NULL") }
            let columns = try Schema(importing: schema)
            let rows = try batch.map { try RecordBatch(importing: $0, schema: columns) }
            try result.withLock { try $0.append(rows, columns) }
        } catch {
            result.withLock { $0.fail(error) }
            throw error
        }
    }

    /// Copies bytes as the result.
    func emit(bytes data: UnsafeRawPointer?, count: UInt64, mediaType: UnsafePointer<CChar>?) throws {
        let type = try self.mediaType(mediaType, "tauro_emit_bytes")
        guard let size = Int(exactly: count), size == 0 || data != nil else {
            throw HostFailure(.invalid, "tauro_emit_bytes: \(count) bytes at \(data == nil ? "NULL" : "no address")")
        }
        try emitArtifact(type) { .bytes(Array(UnsafeRawBufferPointer(start: data, count: size))) }
    }

    /// Copies a file as the result.
    func emit(file path: UnsafePointer<CChar>?, mediaType: UnsafePointer<CChar>?) throws {
        let type = try self.mediaType(mediaType, "tauro_emit_file")
        guard let path else { throw HostFailure(.invalid, "tauro_emit_file: the path is NULL") }
        let source = String(cString: path)
        try emitArtifact(type) {
            do {
                return .file(path: try services.artifacts.copy(of: source))
            } catch let error as PlainFileError {
                throw HostFailure(.io, "tauro_emit_file: \(source) \(error.reason)", underlying: error)
            }
        }
    }

    private func emitArtifact(_ mediaType: String, _ content: () throws -> Artifact.Content) throws {
        try result.withLock { try $0.begin(.artifact) }
        do {
            let artifact = Artifact(mediaType: mediaType, content: try content())
            result.withLock { $0.settle(artifact) }
        } catch {
            result.withLock { $0.abandon() }
            throw error
        }
    }

    private func mediaType(_ pointer: UnsafePointer<CChar>?, _ what: String) throws(HostFailure) -> String {
        guard let type = ForeignText.exact(pointer), NoteWord.isPrintable(type) else {
            throw HostFailure(
                .invalid,
                "\(what): the media type is \(pointer == nil ? "NULL" : "not a printable text")"
            )
        }
        return type
    }
}
