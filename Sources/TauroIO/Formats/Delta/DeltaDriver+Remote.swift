import TauroBasics
import TauroEngine
import TauroModel

/// Delta tables on servers, of which only the reader looks into the log.
extension DeltaDriver {
    /// What is wrong with how a table on a server is described.
    func remoteFindings(_ dataset: DatasetDefinition) -> [Diagnostic] {
        let options = dataset.options.filter { TableFormat.delta.option($0.key)?.name == "timestamp" }
        return options.map { name, value in
            Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': '\(name)' is for tables of this machine; say the version of one on a server",
                at: value.location
            )
        }
    }

    /// Makes sure that there is a table.
    func findRemote(_ dataset: DatasetDefinition, _ access: RemoteAccess) throws {
        let directory = try table(dataset)
        let log = "\(directory)/\(DeltaLog.directoryName)"
        if try engine.remoteFiles(matching: "\(log)/*.json", access).isEmpty {
            throw DatasetError(
                .notFound,
                "Dataset '\(dataset.id)': no Delta table is in \(directory): there is no commit in \(log)"
            )
        }
        try checkRemote(dataset, access)
    }

    /// Refuses what is refused of tables of this machine.
    private func checkRemote(_ dataset: DatasetDefinition, _ access: RemoteAccess) throws {
        let directory = "\(try table(dataset))/\(DeltaLog.directoryName)"
        let names = try engine.remoteFiles(matching: "\(directory)/*", access).map(FilePath.name)
        let log = DeltaLog(directory, names: names)
        let asked = OptionValues.valuesForReading(dataset, .delta)["version"]
        guard case .integer(let version)? = asked ?? log.newest.map({ .integer($0) }),
            let obstacle = try log.description(at: version, engine, access).obstacle
        else { return }
        throw DatasetError(
            .unsupported,
            "Dataset '\(dataset.id)': the Delta table in \(dataset.path.value) \(obstacle)"
        )
    }

    /// The rows of the newest version, or of the one that is asked for.
    func openRemote(_ dataset: DatasetDefinition, _ access: RemoteAccess, dates: DateWindow) throws -> Frame {
        try checkRemote(dataset, access)
        return try engine.open(
            ReadRequest(
                format: .delta,
                files: [try table(dataset)],
                options: OptionValues.valuesForReading(dataset, .delta).filter { $0.key == "version" },
                columns: dataset.typedColumns,
                dateFilter: dataset.dateFilter(dates),
                access: access
            )
        )
    }

    /// The table's address without a slash at its end.
    private func table(_ dataset: DatasetDefinition) throws -> String {
        var address = try RemoteAddress(of: dataset).text
        while address.last == "/" { address.removeLast() }
        return address
    }
}
