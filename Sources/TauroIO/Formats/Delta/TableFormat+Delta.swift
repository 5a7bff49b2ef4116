import TauroEngine

extension TableFormat {
    /// A Delta Lake table: a directory of parquet files, and a log that says which of them hold which version.
    ///
    /// Only read: the newest version, or the one that is asked for.
    package static let delta = TableFormat(
        drivenAs: "delta",
        isRead: true,
        isWritten: false,
        keepsTypes: true,
        options: [
            FormatOption("version", aliases: ["versionAsOf", "version_as_of"], .count, .reading),
            FormatOption("timestamp", aliases: ["timestampAsOf", "timestamp_as_of"], .moment, .reading),
        ]
    )
}
