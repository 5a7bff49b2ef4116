import CTauro

/// A result that is no table: bytes, or a file, with a media type.
///
/// A model, a report, a picture.
///
/// One that a node was given belongs to the call and can be read, from any thread, until the node returns. One that
/// a node made of bytes or of a file belongs to nobody; the file is read when the node has returned it.
public struct Artifact: Sendable {
    package enum Storage: Sendable {
        case host(HostArtifact)
        case bytes([UInt8])
        case file(path: String)
    }

    package let storage: Storage
    /// What the bytes mean, for example `application/json`.
    public let mediaType: String

    package init(storage: Storage, mediaType: String) {
        self.storage = storage
        self.mediaType = mediaType
    }

    /// Creates an artifact of bytes.
    public init(_ bytes: [UInt8], mediaType: String) {
        self.init(storage: .bytes(bytes), mediaType: mediaType)
    }

    /// Creates an artifact of text.
    public init(_ text: String, mediaType: String = "text/plain; charset=utf-8") {
        self.init(Array(text.utf8), mediaType: mediaType)
    }

    /// Creates an artifact of a file, which must stay until the node has returned.
    public init(file path: String, mediaType: String) {
        self.init(storage: .file(path: path), mediaType: mediaType)
    }

    /// The content.
    ///
    /// - Throws: `NodeError` with `.io` if a file can not be read, or after the node has returned.
    public var bytes: [UInt8] {
        get throws {
            switch storage {
            case .host(let artifact): try artifact.withBytes { Array($0) }
            case .bytes(let bytes): bytes
            case .file(let path): try readFile(path)
            }
        }
    }

    /// The path of a file with the content, for libraries that read files: read it, never change it.
    ///
    /// - Throws: `NodeError`: `.io` if the host can not write the file, `.unsupported` for an artifact that the node
    ///   itself made of bytes.
    public var path: String {
        get throws {
            switch storage {
            case .host(let artifact): try artifact.path()
            case .file(let path): path
            case .bytes:
                throw NodeError.unsupported("this artifact was made of bytes, so there is no file with its content")
            }
        }
    }
}

/// An artifact that the host holds.
///
/// Sendable because the host allows any thread, and `pointer` is immutable.
package final class HostArtifact: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let scope: CallScope

    package init(_ pointer: OpaquePointer, scope: CallScope) {
        self.pointer = pointer
        self.scope = scope
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let call = try scope.pointer(for: "artifact")
        var data: UnsafePointer<UInt8>?
        var size: UInt64 = 0
        let status = call.pointee.host.pointee.artifact_bytes(call, pointer, &data, &size)
        guard status == TAURO_OK else { throw scope.failure(status, "reading an artifact") }
        return try body(UnsafeRawBufferPointer(start: data, count: Int(size)))
    }

    func path() throws(NodeError) -> String {
        let call = try scope.pointer(for: "artifact")
        guard let path = call.pointee.host.pointee.artifact_path(call, pointer) else {
            throw scope.failure(TAURO_E_IO, "writing an artifact to a file")
        }
        return String(cString: path)
    }

    var mediaType: String {
        guard let call = scope.ifActive, let type = call.pointee.host.pointee.artifact_media_type(call, pointer) else {
            return "application/octet-stream"
        }
        return String(cString: type)
    }
}
