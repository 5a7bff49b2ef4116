import TauroBasics
package import TauroModel

extension PluginCatalog {
    /// A lock of the plugins that were taken, as they are now.
    ///
    /// - Parameter project: Absolute directory of the project.
    /// - Returns: the lock that `plugins lock` would write.
    /// - Throws: `PluginError` for a file that can not be read, or is not the one whose notes were read.
    package func currentLock(project: String) throws(PluginError) -> PluginLock {
        let paths = ProjectPaths(project)
        var plugins: [LockedPlugin] = []
        for file in search.plugins { plugins.append(try PluginCatalog.locked(file, paths)) }
        return PluginLock(plugins)
    }

    private static func locked(_ file: PluginFile, _ paths: ProjectPaths) throws(PluginError) -> LockedPlugin {
        let path = file.plugin.path
        let opened = try VerifiedPluginFile.opened(path)
        guard opened.status.stamp == file.status.stamp else { throw VerifiedPluginFile.replaced(path) }
        return LockedPlugin(
            path: paths.relative(path),
            name: file.plugin.name,
            version: file.plugin.version,
            abi: file.abi.description,
            size: Int64(opened.size),
            sha256: try VerifiedPluginFile.digest(of: opened, path),
            nodes: file.signatures.map(\.name)
        )
    }
}
