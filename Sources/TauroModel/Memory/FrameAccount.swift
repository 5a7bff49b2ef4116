/// How much memory frames hold, and whether more may.
///
/// Decides only: whoever holds it has a lock around it. A buffer that several frames share counts once.
struct FrameAccount {
    /// How many bytes frames may hold before new ones go to disk.
    let limit: Int
    /// How many bytes are held now, and were at most.
    private(set) var bytes = 0
    private(set) var peak = 0
    /// How many bytes went to disk.
    private(set) var spooled: Int64 = 0
    /// How many frames hold a buffer, and its size, by its address.
    private var buffers: [UInt: (holders: Int, bytes: Int)] = [:]

    init(limit: Int = .max) { self.limit = limit }

    /// Counts buffers, whether or not there is room: they are in memory already, and stay there.
    mutating func hold(_ sizes: [UInt: Int]) {
        for (address, size) in sizes {
            let known = buffers[address] ?? (holders: 0, bytes: 0)
            let larger = max(known.bytes, size)
            buffers[address] = (known.holders + 1, larger)
            bytes += larger - known.bytes
        }
        peak = max(peak, bytes)
    }

    /// Counts buffers if there is room for those that nobody holds yet; says whether there was.
    mutating func admit(_ sizes: [UInt: Int]) -> Bool {
        let more = sizes.reduce(0) { $0 + max(0, $1.value - (buffers[$1.key]?.bytes ?? 0)) }
        guard more == 0 || more <= limit - bytes else { return false }
        hold(sizes)
        return true
    }

    /// Counts buffers no more for one who held them.
    mutating func release(_ addresses: [UInt]) {
        for address in addresses {
            guard let known = buffers[address] else { continue }
            buffers[address] = known.holders > 1 ? (known.holders - 1, known.bytes) : nil
            if known.holders == 1 { bytes -= known.bytes }
        }
    }

    /// Notes that bytes went to disk.
    mutating func spool(_ count: Int) { spooled += Int64(count) }
}
