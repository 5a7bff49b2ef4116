import TauroBasics

/// Files of a stored dataset under a second name, in the directory that is going to take its place.
struct CarriedFiles {
    private var names: [String] = []

    /// Gives every file below `directory` a second name below `target`, at the same place.
    ///
    /// Those that describe the dataset stay behind, since the new directory has its own, and so do those that are not kept:
    /// `isKept` is asked of directories and files, by their place in `directory`.
    ///
    /// - Throws: `SystemError`; what was carried can be dropped then.
    mutating func carry(_ directory: String, to target: String, _ isKept: (String) -> Bool) throws {
        try carry(directory, "", to: target, isKept)
    }

    private mutating func carry(
        _ directory: String,
        _ place: String,
        to target: String,
        _ isKept: (String) -> Bool
    ) throws {
        for name in try FileSystem.list(directory) where !OutputFileName.describes(name) {
            let own = FilePath.join(place, name)
            guard isKept(own) else { continue }
            let (old, new) = (FilePath.join(directory, name), FilePath.join(target, name))
            if FileSystem.isDirectory(old) {
                try carry(old, own, to: new, isKept)
            } else {
                // A directory that keeps no file is none of the new dataset.
                try FileSystem.makeDirectories(target)
                try FileSystem.linkOrCopy(old, to: new)
                names.append(new)
            }
        }
    }

    /// Takes the second names away again; directories stay.
    mutating func drop() throws {
        for name in names { try FileSystem.removeFile(name) }
        names = []
    }
}
