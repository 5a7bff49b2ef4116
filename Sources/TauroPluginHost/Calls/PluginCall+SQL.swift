import CTauro
import TauroModel

extension PluginCall {
    /// Most bindings of one query; more is a wrong count.
    private static let mostBindings = 4096

    /// Runs a query of the node.
    ///
    /// - Throws: `HostFailure`, or what the runner throws.
    func query(
        dialect: UnsafePointer<CChar>?,
        sql: UnsafePointer<CChar>?,
        bindings: UnsafePointer<tauro_binding>?,
        count: Int
    ) throws -> Frame {
        guard let text = ForeignText.exact(sql) else {
            throw HostFailure(.invalid, "tauro_sql: the statement is \(sql == nil ? "NULL" : "not valid UTF-8")")
        }
        let dialectName = ForeignText.exact(dialect)
        guard dialect == nil || dialectName != nil else {
            throw HostFailure(.invalid, "tauro_sql_with: the dialect is not valid UTF-8")
        }
        let own = try readBindings(bindings, count: count)
        let hiddenTables = Set(own.tables.map(\.name))
        let hiddenValues = Set(own.values.map(\.name))
        let statement = SQLStatement(
            text: text,
            dialect: dialectName,
            tables: tables.filter { !hiddenTables.contains($0.name) } + own.tables,
            parameters: values.filter { !hiddenValues.contains($0.name) } + own.values,
            spool: invocation.spool
        )
        return try services.sql.run(statement, cancellation: invocation.cancellation)
    }

    /// The inputs that are tables, in their order.
    private var tables: [(name: String, frame: Frame)] {
        inputs.tables(invocation.signature).map { (name: $0.name, frame: $0.handle.frame) }
    }

    /// The dates and the parameters, which every query may name.
    private var values: [(name: String, value: ParameterValue?)] {
        var values: [(name: String, value: ParameterValue?)] = [
            (name: "start_date", value: invocation.dates.start.map { .string($0) }),
            (name: "end_date", value: invocation.dates.end.map { .string($0) }),
        ]
        for (parameter, value) in zip(invocation.signature.parameters, invocation.parameters) {
            values.append((name: parameter.name, value: value))
        }
        return values
    }

    private struct Bindings {
        var tables: [(name: String, frame: Frame)] = []
        var values: [(name: String, value: ParameterValue?)] = []
    }

    private func readBindings(_ bindings: UnsafePointer<tauro_binding>?, count: Int) throws(HostFailure) -> Bindings {
        var read = Bindings()
        if count == 0 { return read }
        guard let bindings else { throw HostFailure(.invalid, "tauro_sql_with: the bindings are NULL") }
        // A count beyond what Int holds arrives as a negative one.
        guard (1...PluginCall.mostBindings).contains(count) else {
            throw HostFailure(.invalid, "tauro_sql_with: at most \(PluginCall.mostBindings) bindings are read")
        }
        var names: Set<String> = []
        for index in 0..<count {
            let binding = bindings[index]
            guard let name = ForeignText.exact(binding.name), NoteWord.isIdentifier(name) else {
                throw HostFailure(.invalid, "tauro_sql_with: the name of binding \(index) is not an identifier")
            }
            guard names.insert(name).inserted else {
                throw HostFailure(.invalid, "tauro_sql_with: two bindings are called '\(name)'")
            }
            if binding.kind == TAURO_BIND_FRAME {
                read.tables.append((name: name, frame: try frame(binding.value.frame, name).frame))
            } else {
                read.values.append((name: name, value: try PluginCall.value(of: binding, name)))
            }
        }
        return read
    }

    private static func value(of binding: tauro_binding, _ name: String) throws(HostFailure) -> ParameterValue? {
        switch binding.kind {
        case TAURO_BIND_NULL: return nil
        case TAURO_BIND_I64: return .int64(binding.value.i64)
        case TAURO_BIND_F64: return .float64(binding.value.f64)
        case TAURO_BIND_BOOL: return .bool(binding.value.boolean)
        case TAURO_BIND_STR:
            guard let text = ForeignText.exact(binding.value.str) else {
                throw HostFailure(
                    .invalid,
                    "tauro_sql_with: the text bound to '\(name)' is "
                        + (binding.value.str == nil ? "NULL; bind TAURO_BIND_NULL" : "not valid UTF-8")
                )
            }
            return .string(text)
        default: throw HostFailure(.invalid, "tauro_sql_with: binding '\(name)' has the unknown kind \(binding.kind)")
        }
    }
}
