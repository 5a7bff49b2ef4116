import TauroBasics

extension ConfigKeySet {
    /// Formats whose datasets lie in a database.
    static let databaseFormats = ["adbc", "postgresql", "sqlite"]

    /// The format whose datasets are topics of a broker.
    static let brokerFormat = "kafka"

    /// Keys that say where a dataset lies that is no file; they become options of its format.
    static let serverKeys = [
        ConfigKey(
            "uri",
            .confidentialText,
            "The address of the database; of SQLite the file, relative to the project. It may be a `${secret:NAME}`."
        ),
        ConfigKey("table", .text, "The table in the database: `table` or `schema.table`."),
        ConfigKey("driver", .text, "The name or path of the library with the ADBC driver; needed with `format: adbc`."),
        ConfigKey(
            "topic",
            .text,
            aliases: ["subscribe"],
            "The topic of Kafka that it is; with `format: kafka` alone, and the same as the option of that name."
        ),
        ConfigKey(
            "bootstrap_servers",
            .texts,
            "The brokers of Kafka that are asked first, as `host:port`; the same as the option of that name."
        ),
    ]

    /// The keys of an entry of `input`.
    package static let input = ConfigKeySet(
        "an input",
        [
            ConfigKey("format", .text, presence: .required, "The format's name, for example `csv`."),
            ConfigKey(
                "filepath",
                .text,
                aliases: ["path"],
                presence: .requiredUnless("format", is: ["query"] + databaseFormats + [brokerFormat]),
                "The file, directory or pattern, relative to the project; or its address, `s3://bucket/key` or `https://…`."
            ),
            ConfigKey(
                "storage_options",
                .map,
                "What the server knows that an address is on: `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token`,"
                    + " `aws_region`, `aws_endpoint_url`, `aws_virtual_hosted_style_request`, `bearer_token`,"
                    + " `allow_invalid_certificates`; the variables `AWS_…` of the environment where it does not say them."
            ),
            ConfigKey("options", .keys(options), "Options of the format."),
            ConfigKey("schema", declaredColumns, "Columns that it has, each with an SQL type; others are inferred."),
            ConfigKey("checks", .listOf(.keys(check)), "What its rows promise, held whenever a node reads it."),
            ConfigKey("date_column", .text, "The column that the run's dates filter by."),
            ConfigKey("description", .text, "What it is."),
            ConfigKey("partition_filter", .text, status: .later(), "A condition that rows must meet."),
            ConfigKey(
                "query",
                .text,
                presence: .requiredWhere("format", is: ["query"]),
                "With `format: query` one `SELECT` or `WITH` over other datasets, whose result this is; with a database what it"
                    + " is asked, in its own SQL."
            ),
        ] + serverKeys
    )

    /// The keys of an entry of `output`.
    package static let output = ConfigKeySet(
        "an output",
        [
            ConfigKey("format", .text, "The format's name; that of `default_output_format` unless said."),
            ConfigKey(
                "write_mode",
                .word(["overwrite", "append", "ignore", "error"]),
                default: "overwrite",
                "What happens to rows that are already stored: `overwrite` replaces them, `append` adds to them once a run,"
                    + " `ignore` leaves them and stores nothing, `error` refuses. A topic of Kafka can only be appended to."
            ),
            ConfigKey("options", .keys(options), "Options of the format."),
            ConfigKey(
                "schema",
                declaredColumns,
                "Columns that it must have, each with an SQL type; others may be there."
            ),
            ConfigKey("checks", .listOf(.keys(check)), "What its rows promise, held before it is put in place."),
            ConfigKey("description", .text, "What it is."),
            ConfigKey(
                "partition",
                .texts,
                aliases: ["partition_col", "partition_columns", "partition_by", "partitioned_by"],
                "The columns that divide it into directories `name=value`."
            ),
            ConfigKey("max_rows_per_file", .wholeNumber(atLeast: 1), "The most rows of one file."),
            ConfigKey(
                "filepath",
                .text,
                aliases: ["path"],
                status: .later(),
                "Where it is stored; always computed from `output_path` and the id."
            ),
            ConfigKey(
                "merge_schema",
                .flag,
                default: false,
                "Whether rows that are appended to parquet or delta may have more or fewer columns than those stored."
            ),
            ConfigKey(
                "overwrite_schema",
                .flag,
                default: true,
                "Whether rows that replace others may have other columns than these."
            ),
            ConfigKey(
                "overwrite_strategy",
                .word(["replaceWhere"]),
                "`replaceWhere` replaces only the partitions that meet `replace_predicate`; of parquet and delta with `partition`."
            ),
            ConfigKey(
                "replace_predicate",
                .text,
                "The condition on columns of `partition` that tells which partitions are replaced."
            ),
        ] + serverKeys
    )

    /// Options of formats.
    ///
    /// Each format documents its own; those whose form matters here are listed.
    package static let options = ConfigKeySet(
        "`options`",
        openness: .open,
        [
            ConfigKey(
                "null_values",
                .texts,
                "Texts that stand for NULL in a csv file, for example `NA`."
            )
        ]
    )
}
