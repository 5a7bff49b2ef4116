import Glibc
import TauroBasics
import Testing

@Suite struct AppendFileTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory["a.log"]
    }

    private func append(_ text: String, to file: AppendFile) throws {
        let bytes = Array(text.utf8)
        #expect(try bytes.withUnsafeBytes { try file.append($0) } == bytes.count)
    }

    @Test func bytesAreAddedCutAndRead() throws {
        let file = try #require(try AppendFile(path, making: true))
        try append("one", to: file)
        try append("two", to: file)
        #expect(String(decoding: try file.read(), as: UTF8.self) == "onetwo")
        try file.truncate(to: 4)
        try append("!", to: file)
        try file.synchronize()
        #expect(try FileSystem.readText(path) == "onet!")
    }

    @Test func oneLongerThanABufferIsReadWhole() throws {
        let file = try #require(try AppendFile(path, making: true))
        let text = String(repeating: "x", count: 10_000)
        try append(text, to: file)
        #expect(try file.read() == Array(text.utf8))
    }

    @Test func theLockIsSeenAndKeepsOthersAway() throws {
        #expect(try FileLock.state(of: path) == .free)
        var file = try AppendFile(path, making: true)
        #expect(file?.isLocked == true)
        #expect(try FileLock.state(of: path) == .held)
        #expect(try AppendFile(path, making: false) == nil)
        file = nil
        #expect(try FileLock.state(of: path) == .free)
        #expect(try AppendFile(path, making: false) != nil)
    }

    @Test func onlyWhatIsNotThereIsMadeAndOnlyWhatIsThereOpened() throws {
        let missing = #expect(throws: SystemError.self) { try AppendFile(path, making: false) }
        #expect(missing?.isMissingPath == true)
        _ = try AppendFile(path, making: true)
        let existing = #expect(throws: SystemError.self) { try AppendFile(path, making: true) }
        #expect(existing?.isExistingPath == true)
    }
}
