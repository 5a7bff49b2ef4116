import TauroBasics
import TauroModel

extension ConfigKeySet {
    /// What `schema` takes.
    static let declaredColumns = ConfigType.mapOf(.either([.text, .keys(column)]))

    /// The keys of a declared column.
    package static let column = ConfigKeySet(
        "a column",
        [
            ConfigKey("type", .text, "Its SQL type, for example `DOUBLE`; inferred where it is not said."),
            ConfigKey(
                "nullable",
                .flag,
                default: true,
                "Whether it may hold NULL; `DOUBLE NOT NULL` as a text says the same as `nullable: false`."
            ),
        ]
    )

    /// The keys of one of `checks`.
    package static let check = ConfigKeySet(
        "a check",
        choice: .one(of: "not_null", "unique", "accepted_values", "range", "row_count", "freshness", "sql"),
        [
            ConfigKey("not_null", .texts, "Columns in which every row has a value."),
            ConfigKey(
                "unique",
                .texts,
                "Columns whose values together no two rows share; rows with a NULL among them are left out."
            ),
            ConfigKey("accepted_values", .keys(acceptedValues), "The only values that a column has."),
            ConfigKey("range", .keys(range), "The least and the greatest value of a column, both included."),
            ConfigKey("row_count", .keys(rowCount), "How many rows there are at least and at most."),
            ConfigKey("freshness", .keys(freshness), "How old the newest value of a column may be."),
            ConfigKey(
                "sql",
                .text,
                "A condition that every row meets, for example `departure < arrival`; or a query on the table `dataset` "
                    + "that finds the rows which break the promise."
            ),
            ConfigKey(
                "severity",
                .word(DataCheck.Severity.allCases.map(\.rawValue)),
                default: .string(DataCheck.Severity.error.rawValue),
                "What a broken promise means: the node fails and nothing is put in place, or a warning."
            ),
            ConfigKey("name", .text, "What the summary calls the check."),
        ]
    )

    /// The keys of `accepted_values`.
    package static let acceptedValues = ConfigKeySet(
        "`accepted_values`",
        [
            ConfigKey("column", .text, presence: .required, "The column."),
            ConfigKey("values", .listOf(.scalar), presence: .required, "The values; NULL is always accepted."),
        ]
    )

    /// The keys of `range`.
    package static let range = ConfigKeySet(
        "`range`",
        choice: .some(of: "min", "max"),
        [
            ConfigKey("column", .text, presence: .required, "The column."),
            ConfigKey("min", .scalar, "The least value: a number, or a text such as `2026-01-31` for a date."),
            ConfigKey("max", .scalar, "The greatest value."),
        ]
    )

    /// The keys of `row_count`.
    package static let rowCount = ConfigKeySet(
        "`row_count`",
        choice: .some(of: "min", "max"),
        [
            ConfigKey("min", .wholeNumber(atLeast: 0), "The least number of rows."),
            ConfigKey("max", .wholeNumber(atLeast: 0), "The greatest number of rows."),
        ]
    )

    /// The keys of `freshness`.
    package static let freshness = ConfigKeySet(
        "`freshness`",
        [
            ConfigKey(
                "column",
                .text,
                presence: .required,
                "A column of dates or timestamps; without a zone they are UTC, and a date lasts until its end."
            ),
            ConfigKey(
                "max_age",
                .interval(.age),
                presence: .required,
                "How old its newest value may be when the check is made."
            ),
        ]
    )
}
