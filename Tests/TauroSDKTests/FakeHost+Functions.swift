import CTauro
import TauroSDK

extension FakeHost {
    /// The function table that nodes call.
    static var functions: tauro_host {
        var host = tauro_host()
        host.struct_size = UInt32(MemoryLayout<tauro_host>.size)
        host.abi_major = 1
        addReporting(to: &host)
        addFrames(to: &host)
        addArtifacts(to: &host)
        addHyperparameters(to: &host)
        addResults(to: &host)
        return host
    }

    private static func addReporting(to host: inout tauro_host) {
        host.fail = { call, status, text, length in
            FakeHost.of(call)?.failures.append("\(status) " + string(text, length))
            return status
        }
        host.log = { call, level, text, length in FakeHost.of(call)?.logs.append("\(level) " + string(text, length)) }
        host.metric = { call, name, value in FakeHost.of(call)?.metrics[string(name)] = value }
        host.progress = { call, fraction, text in
            FakeHost.of(call)?.progress.append("\(fraction) " + (text == nil ? "-" : string(text)))
        }
        host.cancelled = { call in FakeHost.of(call)?.isCancelled ?? false }
    }

    private static func addFrames(to host: inout tauro_host) {
        host.sql = { call, dialect, text, bindings, count, result in
            guard let host = FakeHost.of(call) else { return TAURO_E_INTERNAL }
            var query = Query(text: string(text), dialect: dialect.map { String(cString: $0) })
            for binding in UnsafeBufferPointer(start: bindings, count: count) { query.add(binding) }
            host.queries.append(query)
            guard let answer = host.answer else { return TAURO_E_INVALID }
            result?.pointee = host.handle(of: Table(answer))
            return TAURO_OK
        }
        host.frame_schema = { _, frame, schema in
            guard let table = FakeHost.table(frame) else { return TAURO_E_IO }
            schema?.initialize(to: table.schema.export())
            return TAURO_OK
        }
        host.frame_stream = { _, frame, stream in
            guard let table = FakeHost.table(frame) else { return TAURO_E_IO }
            stream?.initialize(to: BatchListStream(schema: table.schema, batches: table.batches).export())
            return TAURO_OK
        }
        host.frame_rows = { _, frame in
            Int64(FakeHost.table(frame)?.batches.reduce(0) { $0 + $1.rowCount } ?? -1)
        }
        host.frame_from_stream = { call, stream, result in
            guard let stream, let host = FakeHost.of(call),
                let table = try? Table(ArrowStreamReader(taking: stream))
            else { return TAURO_E_SCHEMA }
            result?.pointee = host.handle(of: table)
            return TAURO_OK
        }
        host.frame_release = { call, _ in FakeHost.of(call)?.released += 1 }
    }

    private static func addArtifacts(to host: inout tauro_host) {
        host.artifact_bytes = { _, artifact, data, size in
            guard let artifact else { return TAURO_E_IO }
            let thing = Unmanaged<Thing>.fromOpaque(UnsafeRawPointer(artifact)).takeUnretainedValue()
            data?.pointee = thing.bytes.withUnsafeBufferPointer { $0.baseAddress }
            size?.pointee = UInt64(thing.bytes.count)
            return TAURO_OK
        }
        host.artifact_path = { _, _ in nil }
        host.artifact_media_type = { _, _ in constant("text/x-thing") }
    }

    private static func addHyperparameters(to host: inout tauro_host) {
        host.hyperparam_i64 = { _, name, otherwise in string(name) == "depth" ? 7 : otherwise }
        host.hyperparam_f64 = { _, name, otherwise in string(name) == "rate" ? 0.5 : otherwise }
        host.hyperparam_bool = { _, name, otherwise in string(name) == "on" ? true : otherwise }
        host.hyperparam_str = { _, name, otherwise in string(name) == "kind" ? constant("tree") : otherwise }
        host.ml_json = { _ in constant("{\"engine\": \"fake\"}") }
    }

    private static func addResults(to host: inout tauro_host) {
        host.emit_frame = { out, frame in
            FakeHost.of(out)?.emitted = FakeHost.table(frame)
            return TAURO_OK
        }
        host.emit_stream = { out, stream in
            guard let stream, let table = try? Table(ArrowStreamReader(taking: stream)) else { return TAURO_E_SCHEMA }
            FakeHost.of(out)?.emitted = table
            return TAURO_OK
        }
        host.emit_bytes = { out, type, data, size in
            let bytes = UnsafeRawBufferPointer(start: data, count: Int(size))
            FakeHost.of(out)?.emittedArtifact = "\(string(type)): \(String(decoding: bytes, as: UTF8.self))"
            return TAURO_OK
        }
        host.emit_file = { out, type, path in
            FakeHost.of(out)?.emittedArtifact = "\(string(type)): file \(string(path))"
            return TAURO_OK
        }
    }
}

extension FakeHost.Query {
    fileprivate mutating func add(_ binding: tauro_binding) {
        let name = string(binding.name)
        switch binding.kind {
        case TAURO_BIND_FRAME:
            tables[name] = FakeHost.table(binding.value.frame)?.batches.map(\.rowCount)
        case TAURO_BIND_I64: values[name] = .int64(binding.value.i64)
        case TAURO_BIND_F64: values[name] = .float64(binding.value.f64)
        case TAURO_BIND_BOOL: values[name] = .bool(binding.value.boolean)
        case TAURO_BIND_STR: values[name] = .string(string(binding.value.str))
        default: values[name] = .null
        }
    }
}

/// A C string that is never freed.
private func constant(_ text: StaticString) -> UnsafePointer<CChar>? {
    UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

private func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }

private func string(_ text: UnsafePointer<CChar>?, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
}
