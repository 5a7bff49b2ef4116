import Glibc

/// The content of a file.
///
/// - Throws: `NodeError` with `.io`, which names the file and what the system says.
func readFile(_ path: String) throws(NodeError) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw failure(path) }
    defer { fclose(file) }
    var content: [UInt8] = []
    let room = 1 << 16
    while true {
        let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            count = fread(buffer.baseAddress, 1, room, file)
        }
        content += part
        if part.count < room { break }
    }
    guard ferror(file) == 0 else { throw failure(path) }
    return content
}

private func failure(_ path: String) -> NodeError {
    NodeError.io("can not read '\(path)': \(String(cString: strerror(errno)))")
}
