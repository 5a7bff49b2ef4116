import CADBC
import Synchronization
import TauroBasics
import TauroModel

/// A driver's functions, which stay as long as the process.
///
/// Unchecked because of the pointer: the table is filled before anybody else sees it, and never changed or freed.
final class ADBCDriver: @unchecked Sendable {
    /// Where the functions are.
    let functions: UnsafeMutablePointer<tauro_adbc_driver>
    private static let loaded = Mutex<[String: ADBCDriver]>([:])

    private init(_ functions: UnsafeMutablePointer<tauro_adbc_driver>) { self.functions = functions }

    /// The driver in the first of these libraries that is there, loaded once.
    ///
    /// - Parameters:
    ///   - names: as `NativeParts.open` takes them.
    ///   - entry: the function that fills the table, `AdbcDriverInit` in most libraries.
    ///   - parts: where libraries are found.
    ///   - variable: the environment variable that may name another file.
    /// - Returns: the driver.
    /// - Throws: `ResourceError` that lists what was tried and says how to get it.
    static func load(_ names: [String], entry: String, in parts: NativeParts, variable: String?) throws -> ADBCDriver {
        let library: DynamicLibrary
        do {
            library = try parts.open(names, variable: variable, isLazy: true)
        } catch {
            let list = error.tried.map { "\n  \($0)" }.joined()
            throw ResourceError(
                operation: "load a database driver",
                message:
                    "the ADBC driver \(FilePath.name(names[0])) could not be loaded; run scripts/setup, or name the "
                    + "library with 'driver:'. Tried:\(list)"
            )
        }
        let key = "\(library.path)\n\(entry)"
        if let driver = loaded.withLock({ $0[key] }) { return driver }
        let driver = ADBCDriver(try table(of: library, entry: entry))
        return loaded.withLock { drivers in
            let first = drivers[key] ?? driver
            drivers[key] = first
            return first
        }
    }

    private static func table(
        of library: DynamicLibrary,
        entry: String
    ) throws -> UnsafeMutablePointer<tauro_adbc_driver> {
        let functions = UnsafeMutablePointer<tauro_adbc_driver>.allocate(capacity: 1)
        functions.initialize(to: tauro_adbc_driver())
        do {
            let fill = try library.function(entry, as: tauro_adbc_driver_init.self)
            try ADBCError.check { fill(TAURO_ADBC_VERSION_1_1_0, functions, $0) }
            guard isComplete(functions.pointee) else {
                throw ADBCError(message: "it lacks functions that ADBC asks for")
            }
            return functions
        } catch {
            functions.deallocate()
            throw ResourceError(
                operation: "load a database driver",
                message:
                    "\(library.path) is no ADBC driver that can be used: \(error); name another with 'driver:', or its "
                    + "function with the option 'entrypoint'"
            )
        }
    }

    private static func isComplete(_ table: tauro_adbc_driver) -> Bool {
        table.database_new != nil && table.database_set_option != nil && table.database_init != nil
            && table.database_release != nil && table.connection_new != nil && table.connection_set_option != nil
            && table.connection_init != nil && table.connection_release != nil && table.connection_commit != nil
            && table.connection_rollback != nil && table.statement_new != nil && table.statement_release != nil
            && table.statement_set_option != nil && table.statement_set_sql_query != nil
            && table.statement_bind_stream != nil && table.statement_execute_query != nil
    }
}
