import TauroBasics
import TauroEngine
import TauroModel

/// The address of a file on a server, or a pattern of such.
struct RemoteAddress {
    /// What a pattern and addresses begin with, and how files are asked for then.
    private static let services: [(scheme: String, service: RemoteAccess.Service)] = [
        ("s3", .s3), ("s3a", .s3), ("https", .http), ("http", .http),
    ]

    /// How files are asked for.
    let service: RemoteAccess.Service
    /// The address, with a scheme that the engine knows.
    let text: String

    /// Whether a path is an address, of whatever kind.
    static func isAddress(_ path: String) -> Bool { path.contains("://") }

    /// Reads an address.
    ///
    /// - Throws: `DatasetError` where this host can not ask there, or the address names no file.
    init(of dataset: DatasetDefinition) throws(DatasetError) {
        let path = dataset.path.value
        let scheme = path.prefix { $0 != ":" }.lowercased()
        let rest = path.dropFirst(scheme.count + 3)
        guard let service = RemoteAddress.services.first(where: { $0.scheme == scheme })?.service else {
            let known = RemoteAddress.services.map { "\($0.scheme)://" }.joined(separator: ", ")
            throw RemoteAddress.problem(dataset, "'\(path)' is neither a path nor begins with one of \(known)")
        }
        guard let slash = rest.firstIndex(of: "/"), slash != rest.startIndex, rest.index(after: slash) < rest.endIndex
        else {
            let expected = service == .s3 ? "s3://bucket/key" : "\(scheme)://host/path"
            throw RemoteAddress.problem(dataset, "'\(path)' names no file; expected \(expected)")
        }
        self.service = service
        text = service == .s3 ? "s3://\(rest)" : "\(scheme)://\(rest)"
    }

    /// Whether it stands for every address that matches it.
    ///
    /// Servers of https list no files, so there every sign stands for itself.
    var isPattern: Bool { service == .s3 && FilePath.isGlob(text) }

    /// The beginning up to the host or the bucket, with a slash.
    var scope: String {
        let start = text.range(afterFirst: "://")
        return String(text[..<(text[start...].firstIndex(of: "/").map { text.index(after: $0) } ?? text.endIndex)])
    }

    /// The directory below which directories `name=value` hold columns, for the files that were found.
    func base(of files: [String]) -> String {
        if files == [text] { return FilePath.parent(text) }
        let plain = text.prefix { !"*?[".contains($0) }
        return isPattern ? String(plain[..<(plain.lastIndex(of: "/") ?? plain.endIndex)]) : text
    }

    private static func problem(_ dataset: DatasetDefinition, _ text: String) -> DatasetError {
        DatasetError(.unsupported, "Dataset '\(dataset.id)': \(text)")
    }
}

extension String {
    /// Where the text goes on after the first place of `part`; its end where that is not in it.
    fileprivate func range(afterFirst part: String) -> Index {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return index(start, offsetBy: part.count) }
            formIndex(after: &start)
        }
        return endIndex
    }
}
