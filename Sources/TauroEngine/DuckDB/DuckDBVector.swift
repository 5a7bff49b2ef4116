/// One column of a fetched chunk; points into the chunk.
///
/// Source of the layouts: https://duckdb.org/docs/stable/clients/c/vector.
struct DuckDBVector {
    /// One value a row.
    ///
    /// What stands where a row is null means nothing, and may be no sound value.
    let values: UnsafeRawPointer
    /// One bit a row, set where there is a value; nil where no row is null.
    let validity: UnsafePointer<UInt64>?
    /// The number of rows.
    let count: Int

    /// How many rows are null.
    var nullCount: Int {
        guard let validity else { return 0 }
        var valid = 0
        for word in 0..<count >> 6 { valid += validity[word].nonzeroBitCount }
        if count & 63 != 0 { valid += (validity[count >> 6] & (1 << UInt64(count & 63) - 1)).nonzeroBitCount }
        return count - valid
    }

    /// Whether a row holds a value, given the `validity` of a vector.
    @inline(__always)
    static func isValid(_ validity: UnsafePointer<UInt64>?, _ row: Int) -> Bool {
        guard let validity else { return true }
        return validity[row >> 6] >> UInt64(row & 63) & 1 != 0
    }
}
