import TauroBasics
package import TauroModel

/// Decides how a plugin's file is loaded, so that what runs is what was checked.
///
/// - Without a digest in the plugin's ticket the file is loaded where it is, if it is still the one whose notes were
///   read.
/// - With one, exactly the bytes that were hashed are loaded, from a copy that nobody else can write, made while
///   hashing. Only where the file finds a library it needs beside itself, which a copy would not, it is loaded in place,
///   and then found to be the hashed one still.
///
/// In each case: open, load from the path it gives, then confirm. What is loaded in place runs its constructors before
/// that. Safe from any thread.
package struct PluginFileLoader: Sendable {
    /// Keeps copies where the environment of this process says.
    static let ofThisProcess = PluginFileLoader(environment: ProcessEnvironment.variables())

    /// Absolute directory of the user's caches; nil if there is none.
    private let cacheDirectory: String?

    /// Creates a loader that keeps copies below the user's cache directory, as the XDG base directory specification
    /// places it; a program with more rights than whoever started it has none, since it would write where they say.
    package init(environment: [String: String]) {
        cacheDirectory =
            ProcessEnvironment.isElevated
            ? nil : UserDirectory.path("XDG_CACHE_HOME", otherwise: ".cache", environment)
    }

    /// Checks a plugin's file.
    ///
    /// - Throws: `PluginError`, which names the file, what is wrong and the cure.
    package func open(_ plugin: NodeSignature.Plugin) throws(PluginError) -> VerifiedPluginFile {
        let file = try VerifiedPluginFile.opened(plugin.path)
        guard let ticket = plugin.ticket else { return VerifiedPluginFile(path: plugin.path, file: file) }
        guard let digest = ticket.sha256 else {
            guard file.status.stamp == ticket.stamp else { throw VerifiedPluginFile.replaced(plugin.path) }
            return VerifiedPluginFile(path: plugin.path, file: file)
        }
        if try PluginFileLoader.needsItsPlace(file, plugin.path) {
            let found = try VerifiedPluginFile.digest(of: file, plugin.path)
            guard found == digest else { throw PluginFileLoader.mismatch(plugin.path, digest, found) }
            return VerifiedPluginFile(path: plugin.path, file: file)
        }
        return try PluginCopies(directory: try copies(for: plugin.path)).copy(of: file, plugin.path, digest: digest)
    }

    /// The error of a file whose digest is not the locked one.
    static func mismatch(_ path: String, _ locked: String, _ found: String) -> PluginError {
        PluginError(
            path: path,
            message: "the plugin \(path) is not the one that \(PluginLock.fileName) names: locked sha256 \(locked), "
                + "found \(found); put the locked file back, or accept this one with "
                + "`tauro-host plugins lock --update`"
        )
    }

    private func copies(for path: String) throws(PluginError) -> String {
        if let cacheDirectory { return FilePath.join(cacheDirectory, "tauro/plugins") }
        throw PluginError(
            path: path,
            message: "the plugin \(path) can not be copied for loading: there is no cache directory; set "
                + "XDG_CACHE_HOME or HOME to an absolute path"
        )
    }

    /// Whether the loader finds libraries that the file needs only relative to where it is.
    private static func needsItsPlace(_ file: PlainFile, _ path: String) throws(PluginError) -> Bool {
        do throws(ElfError) {
            let dynamic = try ElfDynamicSection(try ElfFile(file))
            let search = LibrarySearch.fresh
            let here = try search.resolve(dynamic, origin: FilePath.parent(path)).found
            return try here != search.resolve(dynamic, origin: nil).found
        } catch {
            throw PluginError(path: path, message: "the plugin \(path) \(error.reason); \(error.cure)")
        }
    }
}
