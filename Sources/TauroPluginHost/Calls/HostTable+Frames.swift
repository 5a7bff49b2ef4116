import CTauro
import TauroData
import TauroModel

extension HostTable {
    /// Queries and frames.
    static func setFrames(_ table: inout tauro_host) {
        table.sql = { call, dialect, sql, bindings, count, result in
            HostTable.status(call?.pointee.host_data) { call in
                guard let result else { throw HostFailure(.invalid, "tauro_sql: the result pointer is NULL") }
                let frame = try call.query(dialect: dialect, sql: sql, bindings: bindings, count: count)
                result.pointee = OpaquePointer(call.adopt(frame))
            }
        }
        table.frame_schema = { call, frame, schema in
            HostTable.status(call?.pointee.host_data) { call in
                guard let schema else { throw HostFailure(.invalid, "tauro_frame_schema: the schema is NULL") }
                let handle = try call.frame(frame, "tauro_frame_schema")
                let frame = try handle.deliverable(call.services.delivery, call.invocation)
                schema.initialize(to: try frame.schema().export())
            }
        }
        table.frame_stream = { call, frame, stream in
            HostTable.status(call?.pointee.host_data) { call in
                guard let stream else { throw HostFailure(.invalid, "tauro_frame_stream: the stream is NULL") }
                let handle = try call.frame(frame, "tauro_frame_stream")
                stream.initialize(to: try call.export(handle))
            }
        }
        table.frame_rows = { call, frame in
            guard let call = PluginCall.of(call?.pointee.host_data) else { return -1 }
            return (try? call.frame(frame, "tauro_frame_rows"))?.frame.rowCount ?? -1
        }
        table.frame_from_stream = { call, stream, result in
            HostTable.status(call?.pointee.host_data) { call in
                guard let result else {
                    PluginCall.discard(stream)
                    throw HostFailure(.invalid, "tauro_frame_from_stream: the result pointer is NULL")
                }
                let frame = try call.drain(stream, "tauro_frame_from_stream")
                result.pointee = OpaquePointer(call.adopt(frame))
            }
        }
        table.frame_release = { call, frame in PluginCall.of(call?.pointee.host_data)?.release(frame) }
    }
}
