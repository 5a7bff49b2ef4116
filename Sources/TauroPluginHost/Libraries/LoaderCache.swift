import TauroBasics

/// The loader's list of the system's libraries, `/etc/ld.so.cache`.
///
/// Source of the layout: glibc's `sysdeps/generic/dl-cache.h`, the format since 2.2.
struct LoaderCache: Sendable {
    private static let path = "/etc/ld.so.cache"
    private static let magic = Array("glibc-ld.so.cache1.1".utf8)
    private static let headerSize = 48
    private static let entrySize = 24

    /// Absolute paths by the name that libraries ask for, in the order of the list.
    private let paths: [String: [String]]

    /// The list of this system; empty where there is none.
    static let system: LoaderCache = {
        guard let bytes = try? FileSystem.read(path) else { return LoaderCache([]) }
        return LoaderCache(bytes)
    }()

    /// Reads a list; what is not sound in it is left out.
    init(_ bytes: [UInt8]) {
        var paths: [String: [String]] = [:]
        // A list in the old format may stand before the one that is read.
        let start = LoaderCache.start(in: bytes)
        if let start, bytes.count - start >= LoaderCache.headerSize {
            let list = Array(bytes[start...])
            let count = min(
                Int(list.number(UInt32.self, at: 20)),
                (list.count - LoaderCache.headerSize) / LoaderCache.entrySize
            )
            for index in 0..<count {
                let entry = LoaderCache.headerSize + index * LoaderCache.entrySize
                guard let name = LoaderCache.text(list, at: list.number(UInt32.self, at: entry + 4)),
                    let path = LoaderCache.text(list, at: list.number(UInt32.self, at: entry + 8))
                else { continue }
                paths[name, default: []].append(path)
            }
        }
        self.paths = paths
    }

    /// The files that a name may stand for; of more than one, those for another machine are to be passed over.
    func paths(of name: String) -> [String] { paths[name, default: []] }

    private static func start(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= magic.count else { return nil }
        if bytes.starts(with: magic) { return 0 }
        return stride(from: 0, through: bytes.count - magic.count, by: 4).first { bytes[$0...].starts(with: magic) }
    }

    private static func text(_ bytes: [UInt8], at offset: UInt32) -> String? {
        guard let start = Int(exactly: offset), start < bytes.count else { return nil }
        guard let end = bytes[start...].firstIndex(of: 0) else { return nil }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
