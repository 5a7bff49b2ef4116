import TauroBasics
import TauroModel

/// What is wrong with how a dataset of a database is described.
struct DatabaseFindings {
    private let dataset: DatasetDefinition
    private(set) var all: [Diagnostic] = []

    init(_ dataset: DatasetDefinition, isInput: Bool) {
        self.dataset = dataset
        checkAddress()
        checkTable(isInput: isInput)
        if !isInput { checkLayout() }
    }

    private mutating func checkAddress() {
        let format = dataset.format.value
        if format == TableFormat.adbc.name {
            if dataset.text("driver") == nil {
                report("format adbc needs 'driver', the name or path of the driver's library", at: nil)
            }
        } else if dataset.text("uri") == nil {
            let example = format == TableFormat.sqlite.name ? "data/sales.db" : "postgresql://user@host:5432/database"
            report("format \(format) needs 'uri', for example \(example)", at: nil)
        } else if dataset.text("uri") == "" {
            report("'uri' is an empty text", at: dataset.options["uri"]?.location)
        }
    }

    private mutating func checkTable(isInput: Bool) {
        if isInput, !dataset.path.value.isEmpty {
            report("'filepath' has no meaning with format \(dataset.format.value)", at: dataset.path.location)
        }
        let table = dataset.text("table")
        if isInput {
            switch (table, dataset.text("query")) {
            case (nil, nil): report("say what is read, with 'table' or with 'query'", at: nil)
            case (.some, .some):
                report("'table' and 'query' both say what is read; keep one", at: dataset.options["query"]?.location)
            default: break
            }
        } else if table == nil {
            report("format \(dataset.format.value) needs 'table', where the rows are stored", at: nil)
        }
        if isInput, let problem = dataset.text("query").flatMap(ReadingQuery.problem) {
            report("'query' \(problem)", at: dataset.options["query"]?.location)
        }
        if let table, DatabaseTable(table) == nil {
            report(
                "'table' is '\(table)', expected table or schema.table; a part that holds dots stands in double quotes",
                at: dataset.options["table"]?.location
            )
        }
    }

    private mutating func checkLayout() {
        let layout = dataset.layout
        if let column = layout.partition.first { reportForeign("partition", at: column.location) }
        if let most = layout.maxRowsPerFile { reportForeign("max_rows_per_file", at: most.location) }
    }

    private mutating func reportForeign(_ key: String, at location: SourceLocation?) {
        report("'\(key)' divides files, and format \(dataset.format.value) has none; leave it out", at: location)
    }

    private mutating func report(_ text: String, at location: SourceLocation?) {
        let place = location ?? dataset.location
        all.append(Diagnostic(.error, .configuration, "Dataset '\(dataset.id)': \(text)", at: place))
    }
}
