import TauroData
import TauroModel

/// Cuts a frame into stretches of rows that can be written side by side, in order.
enum FrameParts {
    /// The least rows that are worth a file of their own: one row group of DuckDB's.
    static let leastRows = 122_880

    /// Frames that hold the frame's rows one after another: at most `limit`, but as many as it takes for each to have at
    /// most `rowsPerPart`; the frame itself where it is small, or neither in memory nor on disk.
    static func cut(_ frame: Frame, atMost limit: Int, rowsPerPart: Int? = nil) -> [Frame] {
        switch frame.content {
        case .memory(let schema, let batches):
            let ranges = ranges(of: batches.reduce(0) { $0 + $1.rowCount }, atMost: limit, rowsPerPart)
            guard ranges.count > 1 else { return [frame] }
            return ranges.map { Frame(schema: schema, batches: stretch($0, of: batches)) }
        case .source(let frameOnDisk as SpooledFrame):
            let ranges = ranges(of: Int(frameOnDisk.rowCount ?? 0), atMost: limit, rowsPerPart)
            guard ranges.count > 1 else { return [frame] }
            return ranges.map { Frame(source: frameOnDisk.rows($0)) }
        case .source: return [frame]
        }
    }

    private static func ranges(of rows: Int, atMost limit: Int, _ rowsPerPart: Int?) -> [Range<Int>] {
        let least = rowsPerPart.map { rows / $0 + (rows % $0 == 0 ? 0 : 1) } ?? 0
        let count = max(1, min(limit, rows / leastRows), least)
        return (0..<count).map { (rows * $0 / count)..<(rows * ($0 + 1) / count) }
    }

    private static func stretch(_ range: Range<Int>, of batches: [RecordBatch]) -> [RecordBatch] {
        var stretch: [RecordBatch] = []
        var start = 0
        for batch in batches {
            let own = start..<(start + batch.rowCount)
            let shared = own.clamped(to: range)
            if !shared.isEmpty {
                stretch.append(batch.slice((shared.lowerBound - start)..<(shared.upperBound - start)))
            }
            start = own.upperBound
        }
        return stretch
    }
}
