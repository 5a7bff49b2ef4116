import CTauro
import TauroModel

extension HostTable {
    /// The content of artifacts.
    static func setArtifacts(_ table: inout tauro_host) {
        table.artifact_bytes = { call, artifact, data, size in
            HostTable.status(call?.pointee.host_data) { call in
                guard let data, let size else {
                    throw HostFailure(.invalid, "tauro_artifact_bytes: a result pointer is NULL")
                }
                let buffer = try call.artifact(artifact, "tauro_artifact_bytes").bytes().buffer
                data.pointee = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                size.pointee = UInt64(buffer.count)
            }
        }
        table.artifact_path = { call, artifact in
            var path: UnsafePointer<CChar>?
            _ = HostTable.status(call?.pointee.host_data) { call in
                path = try call.artifact(artifact, "tauro_artifact_path").path(in: call.services.artifacts).pointer
            }
            return path
        }
        table.artifact_media_type = { call, artifact in
            var type: UnsafePointer<CChar>?
            _ = HostTable.status(call?.pointee.host_data) { call in
                type = try call.artifact(artifact, "tauro_artifact_media_type").mediaType.pointer
            }
            return type
        }
    }
}

extension PluginCall {
    /// The artifact behind a pointer that the node passes as `what`.
    ///
    /// The pointer is looked up, never followed.
    fileprivate func artifact(_ pointer: OpaquePointer?, _ what: String) throws(HostFailure) -> ArtifactHandle {
        guard let pointer else { throw HostFailure(.invalid, "\(what): the artifact is NULL") }
        guard let handle = inputs.artifacts.first(where: { $0.pointer == UnsafeRawPointer(pointer) }) else {
            throw HostFailure(.invalid, "\(what): this is no artifact of the call")
        }
        return handle
    }
}
