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
    /// What the file's notes said when it was loaded.
    private let signatures: [String: NodeSignature]
    private let functions = Mutex<[String: LoadedFunction]>([:])
    private let turn = Mutex(())

    /// Loads the file at `path`.
    ///
    /// Its constructors run on this thread.
    ///
    /// - Throws: `NodeFailure`: INVALID for a file that is no plugin any more, UNSUPPORTED with the loader's words.
    init(path: String) throws(NodeFailure) {
        do throws(PluginFormatError) {
            let signatures = try PluginFile(path: path).signatures
            self.signatures = Dictionary(signatures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        } catch {
            throw NodeFailure(.invalid, "the plugin \(path) \(error.reason)")
        }
        do throws(DynamicLibraryError) {
            self.library = try DynamicLibrary(opening: path)
        } catch {
            throw NodeFailure(.unsupported, "could not load the plugin \(path): \(error.text)", underlying: error)
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

    /// The plugin at `path`, loaded now if it was not.
    ///
    /// A failure is not remembered.
    ///
    /// - Throws: `NodeFailure`.
    func plugin(at path: String) throws(NodeFailure) -> LoadedPlugin {
        let place = places.withLock { places in
            if let place = places[path] { return place }
            let place = Place()
            places[path] = place
            return place
        }
        return try place.plugin.withLock { (plugin) throws(NodeFailure) in
            if let plugin { return plugin }
            let loaded = try LoadedPlugin(path: path)
            plugin = loaded
            return loaded
        }
    }
}
