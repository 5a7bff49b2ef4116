import Glibc
import Synchronization

/// The memory that is guarded, in a form that a signal handler can read.
enum FaultRegions {
    /// One buffer; nothing of it is freed while it is in the table.
    struct Region {
        var start: UInt = 0
        /// Where the page begins that can not be read.
        var guardStart: UInt = 0
        var end: UInt = 0
        var isForbidden = false
        var place: UnsafeMutablePointer<UInt8>?
        var placeLength = 0
    }

    /// More mappings than this, a process does not have.
    static let capacity = 1 << 15

    private static let free = Mutex<[Int]>([])

    /// Enters a buffer.
    ///
    /// - Returns: its number; -1 where the table is full, which costs the buffer its name only.
    static func add(_ pages: UnsafeMutableRawPointer, content: Int, size: Int, place: String) -> Int {
        free.withLock { free in
            let table = prepared
            var index = faultRegionCount
            if let known = free.popLast() { index = known }
            guard index < capacity else { return -1 }
            let text = Array(place.utf8)
            let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, text.count))
            for (offset, byte) in text.enumerated() { (copy + offset).initialize(to: byte) }
            let start = UInt(bitPattern: pages)
            table[index] = Region(
                start: start,
                guardStart: start + UInt(content),
                end: start + UInt(size),
                place: copy,
                placeLength: text.count
            )
            faultRegionCount = max(faultRegionCount, index + 1)
            return index
        }
    }

    /// Notes that the batch of a buffer was released.
    static func forbid(_ index: Int) {
        guard index >= 0 else { return }
        free.withLock { _ in prepared[index].isForbidden = true }
    }

    /// Forgets a buffer.
    static func remove(_ index: Int) {
        guard index >= 0 else { return }
        free.withLock { free in
            let place = prepared[index].place
            prepared[index] = Region()
            place?.deallocate()
            free.append(index)
        }
    }

    private static var prepared: UnsafeMutablePointer<Region> {
        if let table = faultRegionTable { return table }
        let table = UnsafeMutablePointer<Region>.allocate(capacity: capacity)
        table.initialize(repeating: Region(), count: capacity)
        faultRegionTable = table
        return table
    }
}

/// The table, which the signal handler reads; never freed, written under the lock of `FaultRegions`.
@exclusivity(unchecked) nonisolated(unsafe) var faultRegionTable: UnsafeMutablePointer<FaultRegions.Region>? = nil
/// How many places of the table were ever used.
@exclusivity(unchecked) nonisolated(unsafe) var faultRegionCount = 0
