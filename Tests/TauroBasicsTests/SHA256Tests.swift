import Foundation
import TauroBasics
import Testing

/// The digest is that of the standard and of `sha256sum`, whatever pieces the bytes come in.
@Suite struct SHA256Tests {
    private func digest(_ bytes: [UInt8], pieces size: Int) -> String {
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { hash.update($0) }
        }
        return hash.finish()
    }

    /// Bytes that repeat only after a prime number of them.
    private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func texts(of text: String, haveThePublishedDigest digest: String) {
        #expect(SHA256.hexadecimal(Array(text.utf8)) == digest)
    }

    @Test func aMillionLettersHaveThePublishedDigest() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            digest(letters, pieces: 1000) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    @Test func everyLengthAroundTheBlocksIsThatOfTheSystem() throws {
        let lengths = Array(0...260) + [4095, 4096, 4097, 65_535, 65_536, 65_537]
        let directory = try TemporaryDirectory()
        for length in lengths { try FileSystem.writeAtomically(bytes(length), to: directory["\(length)"]) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = lengths.map { directory["\($0)"] }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let expected = output.split(separator: "\n").map { String($0.prefix(64)) }
        #expect(expected.count == lengths.count)
        for (length, digest) in zip(lengths, expected) {
            #expect(SHA256.hexadecimal(bytes(length)) == digest, "\(length) bytes")
        }
    }

    @Test func piecesDoNotMatter() {
        let text = bytes(517)
        let whole = SHA256.hexadecimal(text)
        for size in 1...200 { #expect(digest(text, pieces: size) == whole, "pieces of \(size) bytes") }
    }

    @Test func anEmptyPieceChangesNothing() {
        var hash = SHA256()
        hash.update(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(hash.finish() == SHA256.hexadecimal([]))
    }
}
