import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// What a `tauro_frame *` stands for.
///
/// Its own address is the pointer that the node sees; nothing ever looks behind it.
final class FrameHandle: Sendable {
    let frame: Frame
    private let delivered = Mutex<Frame?>(nil)

    /// What the node sees.
    var pointer: UnsafeRawPointer { UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()) }

    init(_ frame: Frame) { self.frame = frame }

    /// The frame in types that a node may receive: itself, or converted once.
    ///
    /// - Throws: what reading the schema of a stored frame, or the conversion, throws.
    func deliverable(_ convert: FrameDelivery, _ invocation: NodeInvocation) throws -> Frame {
        if try frame.schema().fields.allSatisfy({ $0.type.isDeliverable }) { return frame }
        return try delivered.withLock { delivered in
            if let delivered { return delivered }
            let converted = try convert(frame, invocation.spool, invocation.cancellation)
            delivered = converted
            return converted
        }
    }
}

/// What a `tauro_artifact *` stands for.
///
/// Its own address is the pointer that the node sees.
final class ArtifactHandle: Sendable {
    private struct State {
        var bytes: CBytes?
        var path: CText?
        /// A file that was written for the node and goes with the call.
        var temporaryPath: String?
    }

    let artifact: Artifact
    let mediaType: CText
    private let state = Mutex(State())

    /// What the node sees.
    var pointer: UnsafeRawPointer { UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()) }

    init(_ artifact: Artifact) {
        self.artifact = artifact
        self.mediaType = CText(artifact.mediaType)
    }

    deinit {
        if let path = state.withLock({ $0.temporaryPath }) { try? FileSystem.removeFile(path) }
    }

    /// The content, read once.
    ///
    /// - Throws: `PlainFileError`.
    func bytes() throws -> CBytes {
        try state.withLock { state in
            if let bytes = state.bytes { return bytes }
            let bytes = try ArtifactHandle.read(artifact)
            state.bytes = bytes
            return bytes
        }
    }

    /// The absolute path of a file with the content, written once if there is none.
    ///
    /// - Throws: `SystemError`.
    func path(in directory: ArtifactDirectory) throws -> CText {
        try state.withLock { state in
            if let path = state.path { return path }
            let path: CText
            switch artifact.content {
            case .file(let file): path = CText(file)
            case .bytes(let bytes):
                let temporary = try directory.write(bytes)
                state.temporaryPath = temporary
                path = CText(temporary)
            }
            state.path = path
            return path
        }
    }

    private static func read(_ artifact: Artifact) throws -> CBytes {
        switch artifact.content {
        case .bytes(let bytes): return try CBytes(count: bytes.count) { $0.copyBytes(from: bytes) }
        case .file(let path):
            do throws(PlainFileError) {
                let file = try PlainFile(path: path)
                return try CBytes(file)
            } catch {
                throw HostFailure(.io, "the artifact \(path) \(error.reason)", underlying: error)
            }
        }
    }
}

extension CBytes {
    /// The whole content of a file.
    fileprivate convenience init(_ file: PlainFile) throws(PlainFileError) {
        do {
            try self.init(count: Int(file.size)) { try file.read("its content", at: 0, into: $0) }
        } catch let error as PlainFileError {
            throw error
        } catch {
            throw .notRegular
        }
    }
}
