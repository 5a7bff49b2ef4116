import TauroBasics

/// Files of a stored dataset under a second name, in the directory that is going to take its place.
struct CarriedFiles {
    private var names: [String] = []

    /// Gives every file below `directory` a second name below `target`, at the same place.
    ///
    /// Those that describe the dataset stay behind, since the new directory has its own, and so do those in directories
    /// that are not kept, which `isKept` is asked of by their place in `directory`.
    ///
    /// - Throws: `SystemError`; what was carried can be dropped then.
    mutating func carry(
        _ directory: String,
        to target: String,
        _ isKept: (String) -> Bool = { _ in true }
    ) throws {
        try carry(directory, "", to: target, isKept)
    }

    private mutating func carry(
        _ directory: String,
        _ place: String,
        to target: String,
        _ isKept: (String) -> Bool
    ) throws {
        guard isKept(place) else { return }
        for name in try FileSystem.list(directory) where !OutputFileName.describes(name) {
            let (old, new) = (FilePath.join(directory, name), FilePath.join(target, name))
            if FileSystem.isDirectory(old) {
                try FileSystem.makeDirectories(new)
                try carry(old, FilePath.join(place, name), to: new, isKept)
            } else {
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
