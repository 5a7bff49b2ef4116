import CDuckDB
import TauroModel

/// The functions `tauro_integer(column, text)` and so on: they give the text back, and fail at one that would change by
/// being read with its column's type.
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
        defer {
            functions.destroyType(&number)
            functions.destroyType(&text)
        }
        scalar.setName(function, kind.functionName)
        scalar.addParameter(function, number)
        scalar.addParameter(function, text)
        scalar.setReturnType(function, text)
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
        let texts = functions.arrow.chunkVector(input, 1)
        if let row = this.firstRefused(in: texts, count: Int(functions.chunkSize(input)), functions) {
            let columns = functions.vectorData(functions.arrow.chunkVector(input, 0))
            let column = columns?.assumingMemoryBound(to: Int64.self)[row] ?? 0
            let text = DuckDBText.text(functions.vectorData(texts), row)
            functions.scalar.setError(info, FrameScan.failureMark + this.database.refusal(of: text, inColumn: column))
            return
        }
        functions.scan.referenceVector(output, texts)
    }

    /// The first row whose text is not plain; rows without a text are passed over.
    private func firstRefused(in texts: Handle, count: Int, _ functions: DuckDBFunctions) -> Int? {
        guard let values = functions.vectorData(texts) else { return nil }
        let validity = functions.vectorValidity(texts)
        for row in 0..<count where DuckDBVector.isValid(validity, row) {
            if !DuckDBText.with(values, row, kind.accepts) { return row }
        }
        return nil
    }
}

/// A text in a vector of DuckDB's: 16 bytes, the length first, then the bytes, or where they are.
///
/// Source of the layout: https://duckdb.org/docs/stable/clients/c/vector, `duckdb_string_t`.
private enum DuckDBText {
    private static let longestInline = 12

    @inline(__always)
    static func with<Result>(
        _ values: UnsafeMutableRawPointer,
        _ row: Int,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let place = values + row * 16
        let count = Int(place.load(as: UInt32.self))
        let bytes =
            count <= longestInline
            ? UnsafeRawPointer(place + 4) : place.load(fromByteOffset: 8, as: UnsafeRawPointer.self)
        return body(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    static func text(_ values: UnsafeMutableRawPointer?, _ row: Int) -> String {
        values.map { with($0, row) { String(decoding: $0, as: UTF8.self) } } ?? ""
    }
}
