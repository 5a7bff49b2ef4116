import Glibc

/// A C string at a fixed address, freed with the last reference; it ends at the text's first NUL.
///
/// Sendable because the bytes never change after `init`.
final class CText: @unchecked Sendable {
    /// The text, ended by NUL.
    let pointer: UnsafePointer<CChar>

    init(_ text: String) {
        pointer = text.withCString { source in
            let size = strlen(source) + 1
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            copy.initialize(from: source, count: size)
            return UnsafePointer(copy)
        }
    }

    deinit { UnsafeMutablePointer(mutating: pointer).deallocate() }
}

/// Bytes at a fixed address, freed with the last reference.
///
/// Sendable because the bytes never change once `init` has returned.
final class CBytes: @unchecked Sendable {
    private let storage: UnsafeMutableRawBufferPointer

    /// The bytes; the address is never NULL.
    var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(storage) }

    /// Makes room for `count` bytes and has `fill` write them.
    ///
    /// - Throws: what `fill` throws.
    init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, count), alignment: 16)
        storage = UnsafeMutableRawBufferPointer(rebasing: memory[..<count])
        do {
            try fill(storage)
        } catch {
            storage.deallocate()
            throw error
        }
    }

    deinit { storage.deallocate() }
}

/// Reading text that a plugin passes.
enum ForeignText {
    /// Longest error text that is kept, in bytes.
    static let longestError = 4096
    /// Longest line of a log that is kept, in bytes.
    static let longestLine = 65_536

    /// The text of a C string, or nil for NULL and for what is no UTF-8.
    static func exact(_ pointer: UnsafePointer<CChar>?) -> String? {
        pointer.flatMap { String(validatingCString: $0) }
    }

    /// At most `limit` bytes of text; what is no UTF-8 becomes replacement characters.
    ///
    /// NULL is empty.
    static func repaired(_ pointer: UnsafePointer<CChar>?, length: Int, limit: Int) -> String {
        guard let pointer, length > 0 else { return "" }
        let bytes = UnsafeRawBufferPointer(start: pointer, count: min(length, limit))
        let whole = length > limit ? bytes.prefix(wholeCharacters(in: bytes)) : bytes[...]
        return capped(String(decoding: whole, as: UTF8.self), limit: limit)
    }

    /// The text of a C string, at most `limit` bytes of it; nil for NULL.
    static func repaired(_ pointer: UnsafePointer<CChar>?, limit: Int) -> String? {
        pointer.map { repaired($0, length: strnlen($0, limit + 1), limit: limit) }
    }

    /// The text without what follows the last whole character within `limit` bytes.
    static func capped(_ text: String, limit: Int) -> String {
        if text.utf8.count <= limit { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return String(text[..<end])
    }

    /// The number of bytes without a last character that was cut in two.
    private static func wholeCharacters(in bytes: UnsafeRawBufferPointer) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0xc0 == 0x80 { continue }
            let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
            return length > back ? bytes.count - back : bytes.count
        }
        return bytes.count
    }
}
