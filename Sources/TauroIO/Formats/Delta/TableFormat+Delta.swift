import TauroEngine

extension TableFormat {
    /// A Delta Lake table: a directory of parquet files, and a log that says which of them hold which version.
    ///
    /// The newest version is read, or the one that is asked for; what is stored becomes the next one.
    package static let delta = TableFormat(
        drivenAs: "delta",
        isRead: true,
        isWritten: true,
        keepsTypes: true,
        options: [
            FormatOption("version", aliases: ["versionAsOf", "version_as_of"], .count, .reading),
            FormatOption("timestamp", aliases: ["timestampAsOf", "timestamp_as_of"], .moment, .reading),
        ] + TableFormat.parquet.options
    )
}
