/// A vector of texts that a function receives; rows of it may be null.
///
/// Valid no longer than the call.
struct TextVector {
    let handle: Handle
    private let functions: DuckDBFunctions
    private let values: UnsafeRawPointer?
    private let validity: UnsafeMutablePointer<UInt64>?
    private let count: Int

    init(_ handle: Handle, count: Int, _ functions: DuckDBFunctions) {
        self.handle = handle
        self.functions = functions
        self.count = count
        values = functions.vectorData(handle).map { UnsafeRawPointer($0) }
        validity = functions.vectorValidity(handle)
    }

    subscript(row: Int) -> String { values.map { DuckDBText(in: $0, row: row).string } ?? "" }

    /// The first row with a text that does not do.
    @inline(__always)
    func firstRow(without condition: (DuckDBText) -> Bool) -> Int? {
        guard let values else { return nil }
        for row in 0..<count where DuckDBVector.isValid(validity, row) {
            if !condition(DuckDBText(in: values, row: row)) { return row }
        }
        return nil
    }

    /// Writes the texts' values to a vector of them, null where the text is; stops at the first row without, and gives that.
    @inline(__always)
    func read<Value: BitwiseCopyable>(into output: Handle, _ value: (DuckDBText) -> Value?) -> Int? {
        guard let target = functions.vectorData(output)?.assumingMemoryBound(to: Value.self) else { return nil }
        if let validity {
            functions.makeValidity(output)
            functions.vectorValidity(output)?.update(from: validity, count: (count + 63) / 64)
        }
        guard let values else { return nil }
        for row in 0..<count where DuckDBVector.isValid(validity, row) {
            guard let value = value(DuckDBText(in: values, row: row)) else { return row }
            target[row] = value
        }
        return nil
    }
}
