/// What lies where a dataset is.
package struct DatasetPresence: Sendable {
    /// nil where it is not files, or not known how many.
    package let files: Int?
    /// nil where nobody knows without reading.
    package let bytes: Int64?
    /// What an artifact is; nil for a table.
    package let mediaType: String?
    /// How many rows there are, where that is known.
    package var rows: Int64?

    package init(files: Int?, bytes: Int64?, mediaType: String? = nil, rows: Int64? = nil) {
        self.files = files
        self.bytes = bytes
        self.mediaType = mediaType
        self.rows = rows
    }
}
