import CDuckDB
import TauroModel

/// One scan of a frame inside a query: which columns, and how far it got.
///
/// Several threads take slices from it.
final class FrameScan: Sendable {
    /// The table function's name; no query may write it, views do.
    static let functionName = "tauro_scan"

    /// Begins the text of what a source of rows failed with, which is no error of the query.
    static let failureMark = "tauro_scan failed: "

    private let frame: ScannedFrame
    private let columns: [Int]
    private let cursor: any SliceCursor
    /// The place of each column in the cursor's batches; nil for a column that is none of the frame's.
    private let places: [Int?]

    private init(frame: ScannedFrame, columns: [Int]) {
        self.frame = frame
        self.columns = columns
        (cursor, places) = frame.cursor(over: columns)
    }

    /// Registers the table function with the connection's database; false if DuckDB refuses.
    static func register(on connection: DuckDBConnection) -> Bool {
        let scan = connection.functions.scan
        var function = scan.createTableFunction()
        defer { scan.destroyTableFunction(&function) }
        var number = scan.createType(UInt32(TAURO_DUCKDB_BIGINT))
        defer { connection.functions.destroyType(&number) }
        scan.tableFunctionName(function, functionName)
        scan.tableFunctionParameter(function, number)
        // The registry outlives the database, which owns both.
        scan.tableFunctionExtraInfo(function, Unmanaged.passUnretained(connection.database.frames).toOpaque(), nil)
        scan.tableFunctionBind(function, bindScan)
        scan.tableFunctionInit(function, initScan)
        scan.tableFunctionScan(function, runScan)
        scan.tableFunctionProjects(function, true)
        return scan.registerTableFunction(connection.handle, function) == DuckDBDatabase.success
    }

    /// Says which columns a frame has, and how many rows.
    private static let bindScan: InfoCallback = { info in
        guard let scan = DuckDBLibrary.current?.scan, let registry = scan.bindExtraInfo(info) else { return }
        var parameter = scan.bindParameter(info, 0)
        defer { scan.destroyValue(&parameter) }
        let frames = Unmanaged<FrameRegistry>.fromOpaque(registry).takeUnretainedValue()
        guard let frame = frames[scan.valueInt64(parameter)] else {
            return scan.bindError(info, "the frame behind this table is gone")
        }
        for column in frame.columns { scan.bindColumn(info, column.name, column.type) }
        if let rowCount = frame.rowCount { scan.bindCardinality(info, UInt64(max(0, rowCount)), true) }
        scan.bindData(info, Unmanaged.passRetained(frame).toOpaque()) { pointer in
            if let pointer { DuckDBRelease.release(Unmanaged<ScannedFrame>.fromOpaque(pointer)) }
        }
    }

    /// Notes which columns the query wants, and starts at the first slice.
    private static let initScan: InfoCallback = { info in
        guard let scan = DuckDBLibrary.current?.scan, let bound = scan.initBindData(info) else { return }
        let frame = Unmanaged<ScannedFrame>.fromOpaque(bound).takeUnretainedValue()
        let columns = (0..<scan.initColumnCount(info)).map { Int(truncatingIfNeeded: scan.initColumnIndex(info, $0)) }
        scan.initMaxThreads(info, UInt64(frame.threadCount))
        scan.initData(info, Unmanaged.passRetained(FrameScan(frame: frame, columns: columns)).toOpaque()) { pointer in
            if let pointer { DuckDBRelease.release(Unmanaged<FrameScan>.fromOpaque(pointer)) }
        }
    }

    /// Hands over the next slice; an empty chunk ends this thread's part.
    private static let runScan: ScanCallback = { info, output in
        guard let functions = DuckDBLibrary.current, let data = functions.scan.scanInitData(info) else { return }
        let scan = Unmanaged<FrameScan>.fromOpaque(data).takeUnretainedValue()
        do {
            guard let slice = try scan.cursor.next() else { return functions.scan.setChunkSize(output, 0) }
            if let message = scan.fill(output, slice, functions) { functions.scan.scanError(info, message) }
        } catch {
            functions.scan.scanError(info, FrameScan.failureMark + ((error as? SQLError)?.message ?? "\(error)"))
        }
    }

    /// Makes the output's vectors refer to the slice's memory; returns the text of a failure.
    private func fill(_ output: Handle, _ slice: Slice, _ functions: DuckDBFunctions) -> String? {
        for (position, column) in columns.enumerated() where frame.columns.indices.contains(column) {
            // A column that is no column of the frame stands for "any", where a query only counts rows.
            guard let place = places[position] else { continue }
            var chunk: Handle = nil
            defer { functions.destroyChunk(&chunk) }
            if let message = frame.convert(slice, place: place, column: column, to: &chunk) { return message }
            functions.scan.referenceVector(
                functions.arrow.chunkVector(output, UInt64(position)),
                functions.arrow.chunkVector(chunk, 0)
            )
        }
        functions.scan.setChunkSize(output, UInt64(slice.range.count))
        return nil
    }
}
