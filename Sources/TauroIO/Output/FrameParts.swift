import TauroData
import TauroModel

/// Cuts a frame into stretches of rows that can be written side by side, in order.
enum FrameParts {
    /// The least rows that are worth a file of their own: one row group of DuckDB's.
    static let leastRows = 122_880

    /// Frames that hold the frame's rows one after another: at most `limit`, but as many as it takes for each to have at
    /// most `rowsPerPart`; the frame itself where it is small or is not in memory.
    static func cut(_ frame: Frame, atMost limit: Int, rowsPerPart: Int? = nil) -> [Frame] {
        guard case .memory(let schema, let batches) = frame.content else { return [frame] }
        let rows = batches.reduce(0) { $0 + $1.rowCount }
        let least = rowsPerPart.map { rows / $0 + (rows % $0 == 0 ? 0 : 1) } ?? 0
        let count = max(min(limit, rows / leastRows), least)
        guard count > 1 else { return [frame] }
        return (0..<count).map { part in
            let range = (rows * part / count)..<(rows * (part + 1) / count)
            return Frame(schema: schema, batches: stretch(range, of: batches))
        }
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
