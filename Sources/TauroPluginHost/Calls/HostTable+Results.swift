import CTauro

extension HostTable {
    /// Results.
    static func setResults(_ table: inout tauro_host) {
        table.emit_frame = { out, frame in
            HostTable.status(out?.pointee.host_data) { try $0.emit(frame: frame) }
        }
        table.emit_stream = { out, stream in
            HostTable.status(out?.pointee.host_data) { try $0.emit(stream: stream) }
        }
        table.emit_batch = { out, schema, batch in
            HostTable.status(out?.pointee.host_data) { try $0.emit(batch: batch, schema: schema) }
        }
        table.emit_bytes = { out, mediaType, data, size in
            HostTable.status(out?.pointee.host_data) { try $0.emit(bytes: data, count: size, mediaType: mediaType) }
        }
        table.emit_file = { out, mediaType, path in
            HostTable.status(out?.pointee.host_data) { try $0.emit(file: path, mediaType: mediaType) }
        }
    }
}
