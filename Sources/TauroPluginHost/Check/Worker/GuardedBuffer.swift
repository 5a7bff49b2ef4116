import Glibc

/// A copy of an Arrow buffer in pages of its own.
///
/// Where its bounds are watched, it can not be written to, and ends right before a page that can not be read either.
///
/// Sendable because the pages do not change until the owner, who orders these calls, closes it.
final class GuardedBuffer: @unchecked Sendable {
    /// The first byte.
    let start: UnsafeRawPointer
    private let pages: UnsafeMutableRawPointer
    private let size: Int
    private let region: Int
    private var isMapped = true

    /// Copies `source`; nil where the system has no more memory.
    ///
    /// - Parameters:
    ///   - source: the buffer.
    ///   - place: what the buffer is, for people.
    ///   - isBounded: whether its bounds are watched.
    init?(_ source: UnsafeRawBufferPointer, place: String, isBounded: Bool) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let content = (source.count + page - 1) / page * page
        size = content + page
        guard let pages = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            pages != MAP_FAILED
        else { return nil }
        self.pages = pages
        let first = isBounded ? pages + content - source.count : pages
        if let bytes = source.baseAddress { first.copyMemory(from: bytes, byteCount: source.count) }
        start = UnsafeRawPointer(first)
        if isBounded {
            if content > 0 { mprotect(pages, content, PROT_READ) }
            mprotect(pages + content, page, PROT_NONE)
        }
        region = FaultRegions.add(pages, content: content, size: size, place: place)
    }

    /// Makes every further use of the buffer a fault.
    func forbid() {
        guard isMapped else { return }
        FaultRegions.forbid(region)
        mprotect(pages, size, PROT_NONE)
    }

    /// Gives the memory back.
    func close() {
        guard isMapped else { return }
        isMapped = false
        FaultRegions.remove(region)
        munmap(pages, size)
    }

    deinit { close() }
}
