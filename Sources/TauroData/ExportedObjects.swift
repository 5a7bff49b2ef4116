import Synchronization

/// What C structures that were handed out keep alive, each under a number that stands in their `private_data`.
///
/// A number is never used again, so that releasing a structure a second time, as broken plugins do with a copy of one that
/// they released, finds nothing and does nothing. Safe from any thread.
enum ExportedObjects {
    /// Sendable because the table only holds it: who may use it when is the rule of the C structure it belongs to.
    private struct Kept: @unchecked Sendable {
        let object: AnyObject
    }

    private struct Table {
        var objects: [UInt: Kept] = [:]
        var last: UInt = 0
    }

    private static let table = Mutex(Table())

    /// Keeps an object.
    ///
    /// - Returns: what `private_data` is set to.
    static func keep(_ object: some AnyObject) -> UnsafeMutableRawPointer? {
        let kept = Kept(object: object)
        let number = table.withLock { table in
            table.last += 1
            table.objects[table.last] = kept
            return table.last
        }
        return UnsafeMutableRawPointer(bitPattern: number)
    }

    /// The object of a `private_data`; nil where it was let go of.
    static func object(at data: UnsafeMutableRawPointer) -> AnyObject? {
        table.withLock { $0.objects[UInt(bitPattern: data)] }?.object
    }

    /// Lets go of an object, outside of the lock, since it may hold structures that let go of others.
    static func release(_ data: UnsafeMutableRawPointer) {
        _ = table.withLock { $0.objects.removeValue(forKey: UInt(bitPattern: data)) }
    }
}
