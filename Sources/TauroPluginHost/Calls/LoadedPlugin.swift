import Synchronization
import TauroBasics
import TauroModel

/// A node function that can be called.
struct LoadedFunction: @unchecked Sendable {
    // The code stays loaded for the life of the process.
    let address: UnsafeRawPointer
    let interface: CallInterface
}

/// A plugin file that is loaded, and stays.
///
/// Safe from any thread.
final class LoadedPlugin: Sendable {
    private let library: DynamicLibrary
    /// What the file was held to when it was loaded.
    fileprivate let ticket: LoadingTicket?
    /// What the file's notes said when it was loaded.
    private let signatures: [String: NodeSignature]
    private let functions = Mutex<[String: LoadedFunction]>([:])
    private let turn = Mutex(())

    /// Loads a plugin's file, which `files` checks.
    ///
    /// Its constructors run on this thread.
    ///
    /// - Throws: `NodeFailure`: INVALID for a file that is not the one that was checked or is no plugin any more,
    ///   UNSUPPORTED with the loader's words.
    init(_ plugin: NodeSignature.Plugin, _ files: PluginFileLoader) throws(NodeFailure) {
        let file: VerifiedPluginFile
        do throws(PluginError) {
            file = try files.open(plugin)
        } catch {
            throw NodeFailure(.invalid, error.message, underlying: error)
        }
        do throws(PluginFormatError) {
            let signatures = try PluginFile(file.file, path: plugin.path, plugin.ticket).signatures
            self.signatures = Dictionary(signatures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        } catch {
            throw NodeFailure(.invalid, "the plugin \(plugin.path) \(error.sentence)")
        }
        do throws(DynamicLibraryError) {
            self.library = try DynamicLibrary(opening: file.path)
        } catch {
            throw NodeFailure(
                .unsupported,
                "could not load the plugin \(plugin.path): \(error.text)",
                underlying: error
            )
        }
        self.ticket = plugin.ticket
        do throws(PluginError) {
            try file.confirm()
        } catch {
            throw NodeFailure(.invalid, error.message, underlying: error)
        }
    }

    /// The function of `signature`, looked up and prepared once.
    ///
    /// - Throws: `NodeFailure`, also when the file describes the node otherwise than when it was discovered: a call by
    ///   the old description would pass wrong arguments.
    func function(for signature: NodeSignature) throws(NodeFailure) -> LoadedFunction {
        if let function = functions.withLock({ $0[signature.name] }) { return function }
        guard signatures[signature.name] == signature else {
            throw NodeFailure(
                .invalid,
                "the plugin \(signature.plugin.path) has changed since its notes were read, and describes "
                    + "'\(signature.name)' otherwise now; start again"
            )
        }
        let address: UnsafeMutableRawPointer
        do throws(DynamicLibraryError) {
            address = try library.symbol(signature.symbol)
        } catch {
            throw NodeFailure(.unsupported, "\(error.description)", underlying: error)
        }
        let function = LoadedFunction(
            address: UnsafeRawPointer(address),
            interface: try CallInterface(signature)
        )
        functions.withLock { $0[signature.name] = function }
        return function
    }

    /// What the file says of the function called `name`.
    func signature(_ name: String) -> NodeSignature? { signatures[name] }

    /// What the file says of all its functions.
    var all: [NodeSignature] { signatures.values.sorted { $0.name < $1.name } }

    /// Runs `body` when no other call of this plugin runs.
    ///
    /// For plugins that say they are serial.
    func serially<Result>(_ body: () throws -> Result) rethrows -> Result {
        try turn.withLock { _ in try body() }
    }
}

/// Loads each plugin file once, at the first call of one of its functions.
///
/// Safe from any thread.
final class PluginLoader: Sendable {
    /// Where one file's plugin is kept, so that loading one does not hold up the others.
    private final class Place: Sendable {
        let plugin = Mutex<LoadedPlugin?>(nil)
    }

    private let places = Mutex<[String: Place]>([:])
    private let files: PluginFileLoader

    /// Creates a loader that has `files` check what it loads.
    init(_ files: PluginFileLoader) { self.files = files }

    /// A plugin, loaded now if it was not.
    ///
    /// A failure is not remembered.
    ///
    /// - Throws: `NodeFailure`, also when another file was loaded from its path before: code stays for the life of the
    ///   process.
    func plugin(_ plugin: NodeSignature.Plugin) throws(NodeFailure) -> LoadedPlugin {
        let place = places.withLock { places in
            if let place = places[plugin.path] { return place }
            let place = Place()
            places[plugin.path] = place
            return place
        }
        return try place.plugin.withLock { (loaded) throws(NodeFailure) in
            if let loaded, loaded.ticket == plugin.ticket { return loaded }
            if loaded != nil {
                throw NodeFailure(.invalid, "the plugin \(plugin.path) was replaced after it was loaded; start again")
            }
            let fresh = try LoadedPlugin(plugin, files)
            loaded = fresh
            return fresh
        }
    }
}
