/// What was found of one thing that the host needs or can use.
package struct InstalledPart: Sendable {
    /// The things that are looked for.
    ///
    /// Raw values are for programs.
    package enum Name: String, Sendable, CaseIterable {
        case host
        case worker
        case duckdb
        case libyaml
        case libffi
        case compiler
        case headers
        case arrow
        case kafka
        case postgresql
        case sqlite
        case spark
        case mlflow

        /// Whether runs need it.
        package var isRequired: Bool {
            switch self {
            case .host, .worker, .duckdb, .libyaml, .libffi: true
            case .compiler, .headers, .arrow, .kafka, .postgresql, .sqlite, .spark, .mlflow: false
            }
        }
    }

    /// What became of the search.
    package enum State: String, Sendable {
        case found
        case missing
        /// It is there, but does not work.
        case broken
    }

    package let name: Name
    package let state: State
    package let version: String?
    /// Absolute path, or the address of a server.
    package let place: String?
    /// Why it does not work, in the words of whoever tried.
    package let problem: String?

    init(
        _ name: Name,
        _ state: State,
        version: String? = nil,
        place: String? = nil,
        problem: String? = nil
    ) {
        self.name = name
        self.state = state
        self.version = version
        self.place = place
        self.problem = problem
    }
}
