import TauroBasics
import TauroEngine
import TauroModel

/// A dataset that is a Delta table: which of its versions is read.
struct DeltaTable {
    private let dataset: DatasetDefinition
    private let log: DeltaLog
    /// The version that is read.
    let version: Int64

    /// Finds the version that the dataset's options ask for.
    ///
    /// - Throws: `DatasetError` where there is no table, or not that version of it.
    init(_ dataset: DatasetDefinition) throws {
        let path = dataset.path.value
        func failure(_ code: DatasetError.Code, _ text: String) -> DatasetError {
            DatasetError(code, "Dataset '\(dataset.id)': \(text)")
        }
        guard FileSystem.isDirectory(FilePath.join(path, DeltaLog.directoryName)) else {
            throw failure(.notFound, "no Delta table is in \(path): it has no directory \(DeltaLog.directoryName)")
        }
        // The engine's reader takes these for parts of an address, whichever way they are written.
        if let sign = path.first(where: DeltaTable.isUnreadable) {
            throw failure(.unsupported, "a Delta table can not be read from \(path): '\(sign)' may not be in its path")
        }
        self.dataset = dataset
        do {
            log = try DeltaLog(of: path)
            version = try DeltaTable.version(of: dataset, log)
            try log.check(version)
        } catch let problem as DeltaLog.Problem {
            throw failure(.unreadable, "the Delta table in \(path) can not be read: \(problem)")
        }
    }

    /// Whether a sign keeps a path from being read.
    static func isUnreadable(_ sign: Character) -> Bool { sign == "%" || sign == "\\" }

    /// What the table is at the version that is read; nil where finding that out takes more than so many bytes of its log, or is
    /// not possible here.
    func state(_ engine: any Engine, atMost limit: Int64) -> DeltaState? {
        guard log.size(upTo: version) <= limit else { return nil }
        return try? log.state(engine, at: version)
    }

    private static func version(of dataset: DatasetDefinition, _ log: DeltaLog) throws -> Int64 {
        let options = OptionValues.valuesForReading(dataset, .delta)
        if case .integer(let version)? = options["version"] { return version }
        if case .string(let text)? = options["timestamp"], let moment = Timestamp(parsing: text) {
            return try log.version(at: moment)
        }
        return log.newest ?? 0
    }

    /// Refuses a table of which the engine's reader would give other values than it holds.
    func check(_ engine: any Engine) throws(DatasetError) {
        // A log that can not be understood is told once the rows are read.
        guard let obstacle = (try? log.description(at: version, engine))?.obstacle else { return }
        throw DatasetError(
            .unsupported,
            "Dataset '\(dataset.id)': the Delta table in \(dataset.path.value) \(obstacle)"
        )
    }

    /// The table's rows, once its log was read.
    ///
    /// - Throws: `DatasetError` that names what is broken in the log or not known to the engine, or `SQLError`.
    func frame(_ request: ReadRequest, _ engine: any Engine) throws -> Frame {
        let frame = try engine.open(request)
        do {
            _ = try frame.schema()
            return frame
        } catch let error as SQLError where error.code != .missingEngine {
            guard let place = log.brokenLine(upTo: version) else { throw unreadable(error, engine) }
            throw DatasetError(
                .unreadable,
                "dataset '\(dataset.id)': \(place) is no whole line of JSON, so the Delta table in \(dataset.path.value) can "
                    + "not be read; put the file back as it was committed"
            )
        }
    }

    /// An error of the engine's reader, with what the table asks of readers where that may be the reason.
    private func unreadable(_ error: SQLError, _ engine: any Engine) -> any Error {
        guard let versions = (try? log.description(at: version, engine))?.versions, versions.reader > 1 else {
            return error
        }
        let features = versions.readerFeatures.map { " with the features \($0.listed(atMost: 12))" } ?? ""
        return DatasetError(
            .unreadable,
            "dataset '\(dataset.id)': the Delta table in \(dataset.path.value) can not be read: \(error.message); it asks for reader"
                + " version \(versions.reader) of the protocol\(features)"
        )
    }
}
