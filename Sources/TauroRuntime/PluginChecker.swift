import TauroBasics
import TauroEngine
import TauroIO
package import TauroModel
import TauroPluginHost

/// Checks a plugin's file for its author.
package struct PluginChecker: Sendable {
    /// What is to be checked, and how.
    package struct Request: Sendable {
        /// The file, which may be relative to where the process stands.
        package var path: String
        /// How long one check may take, in seconds.
        package var timeout: Double
        /// Files for inputs, by the names of the inputs.
        package var inputs: [(name: String, file: String)]
        /// One check alone.
        package var test: PluginCheck?
        /// One node alone.
        package var node: String?
        /// Where random cases begin; with a test and without `fuzzSeconds`, the one case of that seed.
        package var seed: UInt64?
        /// How long random cases are to be made.
        package var fuzzSeconds: Double?
        /// Whether the test runs in this process.
        package var isInProcess: Bool

        package init(
            path: String,
            timeout: Double = 30,
            inputs: [(name: String, file: String)] = [],
            test: PluginCheck? = nil,
            node: String? = nil,
            seed: UInt64? = nil,
            fuzzSeconds: Double? = nil,
            isInProcess: Bool = false
        ) {
            self.path = path
            self.timeout = timeout
            self.inputs = inputs
            self.test = test
            self.node = node
            self.seed = seed
            self.fuzzSeconds = fuzzSeconds
            self.isInProcess = isInProcess
        }
    }

    /// Most rows of a file that nodes are called with.
    private static let mostRows = 1000

    private let request: Request
    private let scratch: String
    private let engine: any Engine

    private init(_ request: Request, directory: String) {
        self.request = request
        let scratch = Self.freshScratch()
        self.scratch = scratch
        engine = HostInstallation.engine(
            project: directory,
            threads: Processors.count,
            temporaryDirectory: { FilePath.join(scratch, "sql") }
        )
    }

    /// A path below the system's temporary directory that nobody has; nothing is made there yet.
    private static func freshScratch() -> String {
        let named = ProcessEnvironment.variables()["TMPDIR"].flatMap { FilePath.isAbsolute($0) ? $0 : nil }
        let chance = String(UInt64.random(in: .min ... .max), radix: 16)
        return FilePath.join(named ?? "/tmp", "tauro-check-\(chance)")
    }

    /// Makes the checks; blocks the calling thread.
    ///
    /// `begin` is told of each case of a test in this process before it is called.
    ///
    /// - Throws: `ConfigurationError` for what is no file that can be read, or for what the plugin does not have;
    ///   `ResourceError` where an input's file needs an engine that is not there.
    package static func check(
        _ request: Request,
        begin: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> CheckReport {
        let directory: String
        let real: String
        do throws(SystemError) {
            directory = try FileSystem.workingDirectory()
            real = try FileSystem.realPath(FilePath.absolute(request.path, from: directory))
        } catch {
            throw StaticChecks.unreadable(request.path, "can not be read: \(error.text)")
        }
        let checker = PluginChecker(request, directory: directory)
        // What is left of these files is only litter, in a place for such.
        defer { try? FileSystem.removeTree(checker.scratch) }
        return try checker.report(real, directory, begin)
    }

    private func report(
        _ path: String,
        _ directory: String,
        _ begin: @escaping @Sendable (String) -> Void
    ) throws -> CheckReport {
        var settings = WorkerChecks.Settings()
        settings.timeout = .milliseconds(Int64(request.timeout * 1000))
        settings.test = request.test
        settings.node = request.node
        settings.seed = request.fuzzSeconds == nil ? request.seed : nil
        settings.concurrency = Processors.count
        for (name, file) in request.inputs {
            settings.inputs[name] = try input(name, FilePath.absolute(file, from: directory))
        }
        let check = FullCheck(program: HostInstallation.program(), sql: engine, directory: scratch, settings)
        if request.isInProcess, let test = request.test { return try check.reportInProcess(path, test, begin: begin) }
        let fuzz = request.fuzzSeconds.map { seconds in
            FullCheck.Fuzz(
                seed: request.seed ?? UInt64.random(in: 0...0xFFFF_FFFF),
                time: .milliseconds(Int64(seconds * 1000))
            )
        }
        return try check.report(path, fuzz: fuzz)
    }

    /// The first rows of a file in a format that is known by its ending, else the file as an artifact.
    private func input(_ name: String, _ file: String) throws -> Dataset {
        let ending = FilePath.name(file).split(separator: ".").last.map { String($0) } ?? ""
        let format = TableFormat.all.first { $0.fileExtension == ending }
        let dataset = DatasetDefinition(id: name, format: Located(format?.name ?? ""), path: Located(file))
        do {
            let kind: NodeSignature.Input.Kind = format == nil ? .artifact : .frame
            let loaded = try InputLoader(engine: engine).load(dataset, as: kind, dates: DateWindow())
            guard case .frame(let frame) = loaded else { return loaded }
            return .frame(try head(of: frame))
        } catch let error as DatasetError {
            throw ConfigurationError(
                operation: "plugins check",
                diagnostics: [Diagnostic(.error, .configuration, "--input \(name)=\(file): \(error.message)")]
            )
        }
    }

    private func head(of frame: Frame) throws -> Frame {
        let statement = SQLStatement(
            text: "SELECT * FROM rows LIMIT \(Self.mostRows)",
            tables: [(name: "rows", frame: frame)]
        )
        let token = CancellationToken()
        return try engine.deliverable(try engine.run(statement, cancellation: token), spool: nil, cancellation: token)
    }
}
