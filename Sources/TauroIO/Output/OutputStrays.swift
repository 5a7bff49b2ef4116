import TauroBasics
package import TauroModel

/// What runs that died left beside outputs: directories that they filled and never put in place.
package enum OutputStrays {
    /// How deep outputs lie below the directory of all: an environment and the three parts of an id.
    private static let depth = 4

    /// Removes what nobody has locked: beside everything below the directory of the outputs, and beside outputs that lie
    /// elsewhere.
    ///
    /// What can not be removed stays: it is only litter.
    ///
    /// - Returns: the paths that were removed.
    package static func sweep(_ context: Context) -> [String] {
        let root = context.globalSettings.outputPath
        let elsewhere = context.outputs.map(\.path.value).filter {
            FilePath.isAbsolute($0) && !$0.hasPrefix(root + "/")
        }
        return sweep(below: root, depth) + elsewhere.flatMap(sweep(at:))
    }

    private static func sweep(at output: String) -> [String] {
        StagedDirectory.sweep(beside: output) + DeltaStaging.sweep(output)
    }

    private static func sweep(below directory: String, _ depth: Int) -> [String] {
        var removed = StagedDirectory.sweep(besideAllIn: directory) + DeltaStaging.sweep(directory)
        if depth == 0 { return removed }
        for name in (try? FileSystem.list(directory)) ?? [] where !name.hasPrefix(".") {
            let path = FilePath.join(directory, name)
            guard (try? FileSystem.kindWithoutFollowing(path)) == .directory else { continue }
            removed += sweep(below: path, depth - 1)
        }
        return removed
    }
}
