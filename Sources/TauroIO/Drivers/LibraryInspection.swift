import CADBC
package import TauroBasics
import TauroModel

/// What is known of a library that datasets of a format need, loaded as a run would load it.
package struct LibraryInspection: Sendable {
    /// The file it is; nil where the loader does not tell.
    package let path: String?
    /// Nil where it tells none.
    package let version: String?

    private init(of function: UnsafeRawPointer?, version: String?) {
        path = LoadedObject.name(at: function)
        self.version = version
    }

    /// The client of Kafka.
    ///
    /// - Throws: `ResourceError` that lists every place and why it failed.
    package static func kafka(_ parts: NativeParts) throws -> LibraryInspection {
        let functions = try KafkaLibrary(parts).functions()
        return LibraryInspection(
            of: unsafeBitCast(functions.version, to: UnsafeRawPointer.self),
            version: functions.version().map { String(cString: $0) }
        )
    }

    /// The driver of a database, by the name of its format.
    ///
    /// - Throws: `ResourceError` that lists every place and why it failed.
    package static func database(_ format: String, _ parts: NativeParts) throws -> LibraryInspection {
        let dialect = DatabaseDialect(format: format)
        let driver = try ADBCDriver.load(
            dialect.libraries(named: nil),
            entry: DatabaseSettings.defaultEntry,
            in: parts,
            variable: dialect.variable
        )
        let function = driver.functions.pointee.database_new.map { unsafeBitCast($0, to: UnsafeRawPointer.self) }
        return LibraryInspection(of: function, version: nil)
    }
}
