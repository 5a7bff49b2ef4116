import CTauro

extension Call {
    /// Runs one SELECT or WITH statement over the node's inputs and returns its rows.
    ///
    /// Inputs are tables of their argument's name. `$start_date`, `$end_date` (text) and every parameter of the node
    /// are values to name in the statement. The result belongs to the call; it is given back with its last reference.
    /// Blocks; safe from any thread, and queries of one call may overlap.
    ///
    /// - Parameters:
    ///   - text: the statement; nothing is pasted into it.
    ///   - tables: tables of the query's own, which hide inputs of the same name; also frames that the node built.
    ///   - values: values of the query's own, which hide parameters of the same name.
    ///   - dialect: the engine that the text is written for, `duckdb` for example; nil for the portable dialect.
    /// - Returns: the rows; reading them does not run the statement again.
    /// - Throws: `NodeError`: `.invalid` for what is no single SELECT or names what is not there, `.io`, `.cancelled`,
    ///   `.outOfMemory`, `.unsupported` where another engine runs.
    public func sql(
        _ text: String,
        tables: [String: Frame] = [:],
        values: [String: SQLValue] = [:],
        dialect: String? = nil
    ) throws -> Frame {
        let pointer = try scope.pointer(for: "call")
        var bindings = SQLBindings()
        for (name, frame) in tables { bindings.add(name, try hostFrame(of: frame)) }
        for (name, value) in values { bindings.add(name, value) }
        let result = try bindings.withBindings { bindings, count throws(NodeError) in
            var result: OpaquePointer?
            let status = pointer.pointee.host.pointee.sql(pointer, dialect, text, bindings, count, &result)
            guard status == TAURO_OK else { throw scope.failure(status, "the query") }
            return result
        }
        return try frame(owning: result)
    }

    /// The frame as the host knows it; one that the node built is handed over first, without copying its columns.
    func hostFrame(of frame: Frame) throws -> HostFrame {
        let pointer = try scope.pointer(for: "call")
        switch frame.storage {
        case .host(let frame):
            guard frame.scope === scope else { throw NodeError.invalid("this frame belongs to another call") }
            return frame
        case .memory(let schema, let batches):
            var stream = BatchListStream(schema: schema, batches: batches).export()
            var result: OpaquePointer?
            let status = pointer.pointee.host.pointee.frame_from_stream(pointer, &stream, &result)
            guard status == TAURO_OK, let result else { throw scope.failure(status, "handing over a frame") }
            return HostFrame(result, scope: scope, isOwned: true)
        }
    }

    private func frame(owning pointer: OpaquePointer?) throws(NodeError) -> Frame {
        guard let pointer else { throw NodeError(.internal, "the host gave no result for a query that succeeded") }
        return Frame(storage: .host(HostFrame(pointer, scope: scope, isOwned: true)))
    }
}

/// Tables and values of a query's own, in the form of the C ABI while the query runs.
private struct SQLBindings {
    private var frames: [(name: String, frame: HostFrame)] = []
    private var values: [(name: String, value: SQLValue)] = []

    mutating func add(_ name: String, _ frame: HostFrame) { frames.append((name, frame)) }
    mutating func add(_ name: String, _ value: SQLValue) { values.append((name, value)) }

    /// Calls `body` with the bindings, which live as long as the call does.
    func withBindings<Result>(
        _ body: (UnsafePointer<tauro_binding>?, Int) throws(NodeError) -> Result
    ) throws(NodeError) -> Result {
        let texts = CStrings()
        defer { extendLifetime((texts, frames)) }
        var bindings = frames.map { entry in
            tauro_binding(
                name: texts.copy(entry.name),
                kind: TAURO_BIND_FRAME,
                reserved: 0,
                value: .init(frame: entry.frame.pointer)
            )
        }
        for entry in values { bindings.append(binding(entry.name, entry.value, texts)) }
        return try body(bindings, bindings.count)
    }

    private func binding(_ name: String, _ value: SQLValue, _ texts: CStrings) -> tauro_binding {
        var binding = tauro_binding()
        binding.name = texts.copy(name)
        switch value {
        case .null: binding.kind = TAURO_BIND_NULL
        case .int64(let number): (binding.kind, binding.value.i64) = (TAURO_BIND_I64, number)
        case .float64(let number): (binding.kind, binding.value.f64) = (TAURO_BIND_F64, number)
        case .bool(let flag): (binding.kind, binding.value.boolean) = (TAURO_BIND_BOOL, flag)
        case .string(let text): (binding.kind, binding.value.str) = (TAURO_BIND_STR, texts.copy(text))
        }
        return binding
    }
}

/// C strings that are freed together.
private final class CStrings {
    private var copies: [UnsafeMutableBufferPointer<CChar>] = []

    deinit {
        for copy in copies { copy.deallocate() }
    }

    func copy(_ text: String) -> UnsafePointer<CChar>? {
        let characters = text.utf8CString
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: characters.count)
        _ = copy.initialize(from: characters)
        copies.append(copy)
        return UnsafePointer(copy.baseAddress)
    }
}
