import Synchronization
import TauroBasics
import TauroModel

/// Finds DuckDB's library, on first use.
///
/// A process has one DuckDB: the callbacks of a table function get nothing from which they could tell two apart.
enum DuckDBLibrary {
    private static let loaded = Mutex<DuckDBFunctions?>(nil)

    /// The functions of the process's library, for callbacks; nil before the first `load`.
    static var current: DuckDBFunctions? { loaded.withLock { $0 } }

    /// The functions of the library at `chosen`, or else of the first one found in `directories`.
    ///
    /// One that `distrust` has a reason against, told of its path without links, is not opened.
    ///
    /// - Throws: `SQLError` with the code `.missingEngine` that lists every place and why it failed.
    static func load(
        directories: [String],
        chosen: String?,
        distrust: (String) -> String? = { _ in nil }
    ) throws(SQLError) -> DuckDBFunctions {
        var failures: [String] = []
        for candidate in candidates(directories: directories, chosen: chosen) {
            if let problem = problem(candidate, distrust) {
                failures.append(problem)
                continue
            }
            do {
                return try adopt(try open(candidate))
            } catch let error as DynamicLibraryError {
                // The loader's text names the file; a missing function does not.
                failures.append(error.symbol == nil ? error.text : "\(error)")
            } catch {
                failures.append("\(error)")
            }
        }
        let list = failures.map { "\n  \($0)" }.joined()
        throw SQLError(
            .missingEngine,
            "the DuckDB library could not be loaded; run scripts/setup, or set TAURO_DUCKDB_LIBRARY to a "
                + "libduckdb.so. Tried:\(list)"
        )
    }

    private static let wheelName = "_duckdb.cpython-311-x86_64-linux-gnu.so"

    /// What is tried, in order; a library that was chosen is the only one.
    static func candidates(directories: [String], chosen: String?) -> [String] {
        if let chosen, !chosen.isEmpty { return [chosen] }
        let released = directories.flatMap { ["\($0)/libduckdb.so", "\($0)/duckdb/libduckdb.so"] }
        let wheels = directories.flatMap { ["\($0)/\(wheelName)", "\($0)/duckdb/\(wheelName)"] }
        return released + ["libduckdb.so"] + wheels
    }

    /// Why a library is not opened; nil if it may be tried.
    ///
    /// A bare name is for the loader to find, in the system's directories.
    private static func problem(_ candidate: String, _ distrust: (String) -> String?) -> String? {
        guard candidate.utf8.contains(UInt8(ascii: "/")), let real = try? FileSystem.realPath(candidate) else {
            return nil
        }
        return distrust(real).map { "\(real) \($0)" }
    }

    private static func open(_ path: String) throws(DynamicLibraryError) -> DuckDBFunctions {
        if path.hasSuffix(wheelName) {
            // The wheel's module names Python's symbols. No interpreter is started.
            _ = try DynamicLibrary(openingLazily: "libpython3.11.so.1.0", global: true)
        }
        return try DuckDBFunctions(in: try DynamicLibrary(openingLazily: path))
    }

    private static func adopt(_ functions: DuckDBFunctions) throws(SQLError) -> DuckDBFunctions {
        let first = loaded.withLock { loaded in
            loaded = loaded ?? functions
            return loaded ?? functions
        }
        guard first.path == functions.path else {
            throw SQLError(
                .missingEngine,
                "\(functions.path): this process already uses \(first.path), and can use only one"
            )
        }
        return first
    }
}

extension SQLError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
