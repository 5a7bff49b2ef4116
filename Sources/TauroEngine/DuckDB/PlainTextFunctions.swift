import CDuckDB
import TauroModel

/// The functions `tauro_integer(column, text)` and so on: they give the text back, or its value, and fail at one that would
/// change by being read with its column's type.
final class PlainTextFunctions {
    private let kind: PlainText
    private unowned let database: DuckDBDatabase

    private init(_ kind: PlainText, _ database: DuckDBDatabase) {
        self.kind = kind
        self.database = database
    }

    /// Registers them with the connection's database; false if DuckDB refuses.
    static func register(on connection: DuckDBConnection) -> Bool {
        PlainText.allCases.allSatisfy { register($0, on: connection) }
    }

    private static func register(_ kind: PlainText, on connection: DuckDBConnection) -> Bool {
        let functions = connection.functions
        let scalar = functions.scalar
        var function = scalar.create()
        defer { scalar.destroy(&function) }
        var number = functions.scan.createType(UInt32(TAURO_DUCKDB_BIGINT))
        var text = functions.scan.createType(UInt32(TAURO_DUCKDB_VARCHAR))
        var result = functions.scan.createType(UInt32(kind.resultType))
        defer {
            functions.destroyType(&number)
            functions.destroyType(&text)
            functions.destroyType(&result)
        }
        scalar.setName(function, kind.functionName)
        scalar.addParameter(function, number)
        scalar.addParameter(function, text)
        scalar.setReturnType(function, result)
        let own = PlainTextFunctions(kind, connection.database)
        scalar.setExtraInfo(function, Unmanaged.passRetained(own).toOpaque()) { pointer in
            if let pointer { Unmanaged<PlainTextFunctions>.fromOpaque(pointer).release() }
        }
        scalar.setFunction(function, run)
        return scalar.register(connection.handle, function) == DuckDBDatabase.success
    }

    private static let run: ScalarCallback = { info, input, output in
        guard let functions = DuckDBLibrary.current, let own = functions.scalar.extraInfo(info) else { return }
        let this = Unmanaged<PlainTextFunctions>.fromOpaque(own).takeUnretainedValue()
        let texts = TextVector(functions.arrow.chunkVector(input, 1), count: Int(functions.chunkSize(input)), functions)
        if !this.kind.isRead { functions.scan.referenceVector(output, texts.handle) }
        if let row = this.firstRefused(in: texts, output) {
            let columns = functions.vectorData(functions.arrow.chunkVector(input, 0))
            let column = columns?.assumingMemoryBound(to: Int64.self)[row] ?? 0
            let message = this.database.refusal(of: texts[row], inColumn: column)
            functions.scalar.setError(info, FrameScan.failureMark + message)
        }
    }

    /// The first row whose text is not plain, up to which values are read into the output; rows without a text are passed over.
    private func firstRefused(in texts: TextVector, _ output: Handle) -> Int? {
        switch kind {
        case .int64: texts.read(into: output, PlainInteger.value)
        case .date: texts.read(into: output, PlainDay.value)
        case .integer: texts.firstRow { PlainText.isInteger($0.bytes) }
        case .number: texts.firstRow { PlainText.isNumber($0.bytes) }
        case .boolean: texts.firstRow { PlainText.isBoolean($0.bytes) }
        case .moment: texts.firstRow { PlainText.isMoment($0.bytes) }
        case .none: texts.firstRow { _ in false }
        }
    }
}
