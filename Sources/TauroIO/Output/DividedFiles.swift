import TauroBasics

/// Gives the files that the engine divided into directories the names of an output's parts.
struct DividedFiles {
    /// How many directories name the values of a row.
    let depth: Int
    /// The name of a directory's part with this number.
    let name: (Int) -> String

    /// Moves the files, directory by directory, and removes what is left.
    ///
    /// - Returns: their sizes.
    func move(from source: String, to target: String) throws -> [Int64] {
        let sizes = try move(source, to: target, depth: depth)
        try FileSystem.removeTree(source)
        return sizes
    }

    private func move(_ source: String, to target: String, depth: Int) throws -> [Int64] {
        guard depth > 0 else {
            return try files(below: source).enumerated().map { number, file in
                let place = FilePath.join(target, name(number))
                try FileSystem.renameWithoutReplacing(file, to: place)
                return try FileSystem.size(of: place)
            }
        }
        return try FileSystem.list(source).flatMap { directory in
            let place = FilePath.join(target, HiveDirectory.unmistakable(directory))
            try FileSystem.makeNewDirectory(place)
            return try move(FilePath.join(source, directory), to: place, depth: depth - 1)
        }
    }

    /// All files, also those in directories of their own where a file may hold only so many rows.
    private func files(below directory: String) throws -> [String] {
        try FileSystem.list(directory).flatMap { name in
            let path = FilePath.join(directory, name)
            return FileSystem.isDirectory(path) ? try files(below: path) : [path]
        }
    }
}
