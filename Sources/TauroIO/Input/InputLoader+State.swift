import TauroBasics
package import TauroModel

extension InputLoader {
    /// What is stored under a dataset's path now, as a text that changes when it does; empty where that can not be told, as
    /// of servers.
    ///
    /// Sizes and times of files are looked at, not what is in them. For a query it is what it reads.
    package func state(of dataset: DatasetDefinition) -> String {
        if isQuery(dataset) {
            let parts = datasets(readBy: dataset).map { input -> String in
                switch input {
                case .source(let read), .stored(let read): "\(read.id)=\(state(of: read))"
                case .result: ""
                }
            }
            return parts.joined(separator: " ")
        }
        let path = dataset.path.value
        if path.isEmpty || RemoteAddress.isAddress(path) || resource(of: dataset) != nil { return "" }
        return (try? FilesState(path: path).text) ?? "nothing"
    }
}

/// The sizes and times of all files that a path names.
private struct FilesState {
    private var hash = XXH64()
    private var count = 0

    init(path: String) throws(SystemError) {
        if let status = try FilesState.status(path) {
            try add(path, status)
        } else {
            for found in try FileSystem.glob(path) {
                if let status = try FilesState.status(found) { try add(found, status) }
            }
        }
    }

    var text: String { "\(count) \(count == 1 ? "file" : "files"), \(String(hash.finish(), radix: 16))" }

    private static func status(_ path: String) throws(SystemError) -> FileStatus? {
        FileSystem.exists(path) ? try FileSystem.fileStatus(of: path) : nil
    }

    private mutating func add(_ path: String, _ status: FileStatus) throws(SystemError) {
        guard status.kind == .directory else {
            count += 1
            let line = "\(path)\u{0}\(status.stamp.size) \(status.stamp.modified)\n"
            Array(line.utf8).withUnsafeBytes { hash.update($0) }
            return
        }
        for name in try FileSystem.list(path) {
            let inside = FilePath.join(path, name)
            if let status = try FilesState.status(inside) { try add(inside, status) }
        }
    }
}
