import TauroBasics
import TauroEngine
import TauroModel

/// Finds the files of datasets that are on servers.
///
/// Safe from any thread; calls block theirs until the server answers.
struct RemoteFiles {
    /// Formats that are read from servers, because the engine reads their files from first to last byte.
    private static let formats: [TableFormat] = [.csv, .delta, .json, .parquet]

    let engine: any Engine
    /// The variables that say how servers are asked where a dataset does not.
    let environment: [String: String]

    /// What is wrong with how a dataset is described; asks no server.
    static func findings(_ dataset: DatasetDefinition, _ format: TableFormat) -> [Diagnostic] {
        do throws(DatasetError) {
            _ = try RemoteAddress(of: dataset)
        } catch {
            let place = dataset.path.location ?? dataset.location
            return [Diagnostic(.error, .configuration, error.message, at: place)]
        }
        if formats.contains(where: { $0.name == format.name }) { return StorageOptions(of: dataset).findings }
        let names = formats.map(\.name).joined(separator: ", ")
        return [
            Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': format \(format.name) is read from this machine alone; from servers \(names)",
                at: dataset.format.location ?? dataset.location
            )
        ]
    }

    /// How the files of a dataset are asked for; nil where its path is none of a server.
    func access(to dataset: DatasetDefinition) throws -> RemoteAccess? {
        guard RemoteAddress.isAddress(dataset.path.value) else { return nil }
        let address = try RemoteAddress(of: dataset)
        return StorageOptions(of: dataset).access(to: address, environment: environment)
    }

    /// The addresses of a dataset's files, sorted: that of one file, those that match a pattern, or else those of the
    /// format's files below a directory.
    ///
    /// - Throws: `DatasetError` with the code `.notFound` where there is none; `SQLError` where the server does not answer.
    func find(_ dataset: DatasetDefinition, _ format: TableFormat) throws -> [String] {
        let address = try RemoteAddress(of: dataset)
        let access = StorageOptions(of: dataset).access(to: address, environment: environment)
        if address.isPattern {
            let files = try engine.remoteFiles(matching: address.text, access)
            if files.isEmpty { throw missing(dataset, "no file matches \(address.text)") }
            return files
        }
        if address.text.last != "/", try engine.remoteSize(of: address.text, access) != nil { return [address.text] }
        if address.service == .http { throw missing(dataset, "\(address.text) does not exist: the server answers 404") }
        var directory = address.text
        while directory.last == "/" { directory.removeLast() }
        let pattern = "\(directory)/**/*.\(format.ending)"
        // Names that begin with a dot or an underscore are those of a writer's own files.
        let files = try engine.remoteFiles(matching: pattern, access).filter { file in
            file.dropFirst(directory.count + 1).split(separator: "/").allSatisfy {
                !$0.hasPrefix(".") && !$0.hasPrefix("_")
            }
        }
        if files.isEmpty {
            throw missing(dataset, "there is neither \(address.text) nor a file that matches \(pattern)")
        }
        return files
    }

    private func missing(_ dataset: DatasetDefinition, _ text: String) -> DatasetError {
        DatasetError(.notFound, "Dataset '\(dataset.id)': \(text)")
    }
}
