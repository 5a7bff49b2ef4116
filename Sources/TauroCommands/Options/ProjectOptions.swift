import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// Which project, which environment, which days: what decides a configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Directory of the project, or one file that holds all of it.", valueName: "dir"))
    var project = "."

    @Option(
        help: ArgumentHelp(
            "Environment whose overlays apply: dev, sandbox, sandbox_<name>, staging, prod, or one of the project's own.",
            valueName: "name"
        )
    )
    var env: String?

    @Option(help: ArgumentHelp("First day of the run, YYYY-MM-DD.", valueName: "date"))
    var startDate: String?

    @Option(help: ArgumentHelp("Last day of the run, YYYY-MM-DD; the whole day counts.", valueName: "date"))
    var endDate: String?

    /// The days as they were given.
    var dates: DateWindow { DateWindow(start: startDate, end: endDate) }

    /// The options that were given, as words of another command about the same configuration.
    var given: [String] {
        var words = project == "." ? [] : ["--project", project]
        for (option, value) in [("--env", env), ("--start-date", startDate), ("--end-date", endDate)] {
            if let value { words += [option, value] }
        }
        return words
    }
}

/// The configuration, and where plugins are looked for: shared by every verb that plans or runs.
struct ProjectOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOptions

    @OptionGroup var environmentPaths: EnvironmentPathOption

    var project: String { configuration.project }
    var env: String? { configuration.env }
    var startDate: String? { configuration.startDate }
    var endDate: String? { configuration.endDate }
    var dates: DateWindow { configuration.dates }

    /// Loads the project; warnings go to stderr.
    ///
    /// - Throws: `ConfigurationError` with every finding.
    func open() throws -> BaseExecutor {
        let opened = try BaseExecutor.open(
            project: project,
            environment: env,
            dates: dates,
            ignoringEnvironmentPaths: environmentPaths.noEnv
        )
        Report.standard.findings(opened.findings)
        return opened.executor
    }

    /// Loads the project to check it; the caller shows the findings, errors and warnings, together with its own.
    ///
    /// - Throws: `ConfigurationError` with every finding where nothing more can be checked.
    ///
    /// `environment` and `recorded` count where the call says nothing: those of a run that is resumed.
    func openToCheck(
        environment: String? = nil,
        recorded: DateWindow = DateWindow()
    ) throws -> BaseExecutor.Opened {
        try BaseExecutor.openToCheck(
            project: project,
            environment: env ?? environment,
            dates: DateWindow(start: startDate ?? recorded.start, end: endDate ?? recorded.end),
            ignoringEnvironmentPaths: environmentPaths.noEnv
        )
    }
}

/// Values for typed parameters, `NODE.NAME=VALUE`.
struct ParameterOption: ExpressibleByArgument {
    let node: String
    let name: String
    let text: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="),
            let dot = argument[..<equals].lastIndex(of: ".")
        else { return nil }
        node = String(argument[..<dot])
        name = String(argument[argument.index(after: dot)..<equals])
        text = String(argument[argument.index(after: equals)...])
        if node.isEmpty || name.isEmpty { return nil }
    }
}

/// How a verb prints its result.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
