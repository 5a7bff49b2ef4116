import TauroBasics
import TauroModel

/// The files of an output's directory, by their paths below it.
enum OutputFiles {
    /// The files of one commit in the directory that it fills, as they are now.
    ///
    /// Among them is what says the columns' types, unless rows of other commits come to stand beside: it is written anew then.
    static func seals(in directory: String, besideOthers: Bool) throws(SystemError) -> [FileSeal] {
        let names = try paths(below: directory).filter { path in
            path != CommitManifest.fileName && !(besideOthers && OutputFileName.describes(path))
        }
        return try seals(of: names, in: directory)
    }

    /// The files that a run wrote, as they are now, by their names.
    static func seals(ofRun runID: String, in directory: String) throws(SystemError) -> [FileSeal] {
        try seals(of: paths(ofRun: runID, in: directory), in: directory)
    }

    /// The files whose names say that a run wrote them.
    static func paths(ofRun runID: String, in directory: String) throws(SystemError) -> [String] {
        try paths(below: directory).filter { OutputFileName.isPart(FilePath.name($0), ofRun: runID) }
    }

    /// All files, sorted by bytes; none where there is no directory.
    static func paths(below directory: String) throws(SystemError) -> [String] {
        guard FileSystem.isDirectory(directory) else { return [] }
        var found: [String] = []
        try collect(directory, "", &found)
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func seals(of paths: [String], in directory: String) throws(SystemError) -> [FileSeal] {
        var seals: [FileSeal] = []
        for path in paths {
            let (size, digest) = try FileSystem.digest(of: FilePath.join(directory, path))
            seals.append(FileSeal(path: path, size: size, digest: digest))
        }
        return seals
    }

    private static func collect(_ directory: String, _ place: String, _ found: inout [String]) throws(SystemError) {
        for name in try FileSystem.list(directory) {
            let path = FilePath.join(directory, name)
            let own = FilePath.join(place, name)
            if FileSystem.isDirectory(path) { try collect(path, own, &found) } else { found.append(own) }
        }
    }
}

extension FileSeal {
    /// Why the file is not the one that was stored, as the end of a sentence; nil where it is.
    ///
    /// Reads all of it.
    func trouble(in directory: String) throws(SystemError) -> String? {
        let place = FilePath.join(directory, path)
        guard try FileSystem.kind(of: place) == .file else { return "\(path) is missing" }
        // A file that was cut need not be read.
        let found = try FileSystem.size(of: place)
        if found != size { return "\(path) has \(found) bytes, and \(size) were stored" }
        return try FileSystem.digest(of: place).digest == digest ? nil : "\(path) was altered after it was stored"
    }
}
