import Glibc

extension FileSystem {
    /// Gives a file a second name; copies it where the file system has no second names, or grants none.
    ///
    /// - Throws: `SystemError`, with `isExistingPath` when `target` is there.
    package static func linkOrCopy(_ path: String, to target: String) throws(SystemError) {
        do {
            try SystemCall.check("link to \(target) the file", path) { link(path, target) }
        } catch {
            guard [EPERM, EOPNOTSUPP, EMLINK, EXDEV].contains(error.code) else { throw error }
            try copy(path, to: target)
        }
    }

    /// What a symbolic link says, whether something is there or not.
    ///
    /// - Throws: `SystemError` where there is no link.
    package static func linkTarget(_ path: String) throws(SystemError) -> String {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = try SystemCall.check("read the link", path) { readlink(path, &target, target.count) }
        return String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Copies a file's content to one that does not exist yet; after an error a part of it may.
    static func copy(_ path: String, to target: String) throws(SystemError) {
        let source = try SystemCall.open(path, O_RDONLY, operation: "read")
        defer { close(source) }
        let copy = try SystemCall.open(target, O_WRONLY | O_CREAT | O_EXCL, operation: "write")
        defer { close(copy) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try SystemCall.check("read", path) { Glibc.read(source, buffer.baseAddress, buffer.count) }
            if count == 0 { return }
            try SystemCall.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: copy, path: target)
        }
    }
}
