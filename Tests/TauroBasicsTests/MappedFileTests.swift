import Glibc
import Testing

@testable import TauroBasics

/// Files that are memory, and what tells others that their owner lives.
@Suite struct MappedFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func find(_ path: String) throws -> AbandonedFile? {
        if case .abandoned(let file) = try AbandonedFile.find(path) { file } else { nil }
    }

    @Test func whatIsWrittenIsInTheFile() throws {
        let path = directory["record"]
        let file = try MappedFile(creating: path, size: 10_000)
        #expect(file.memory.count == 10_000)
        #expect(file.memory.allSatisfy { $0 == 0 })
        file.memory[9_999] = 7
        let bytes = try FileSystem.read(path)
        #expect(bytes.count == 10_000)
        #expect(bytes.last == 7)
    }

    @Test func fileThatIsThereIsNotReplaced() throws {
        let path = directory["record"]
        try FileSystem.writeAtomically("mine", to: path)
        #expect(throws: SystemError.self) { try MappedFile(creating: path, size: 100) }
        #expect(try FileSystem.readText(path) == "mine")
    }

    @Test func fileThatCanNotBeIsNotLeftBehind() throws {
        let path = directory["record"]
        #expect(throws: SystemError.self) { try MappedFile(creating: path, size: .max) }
        #expect(!FileSystem.exists(path))
    }

    @Test func fileIsAbandonedWhenItsOwnerIsGone() throws {
        let path = directory["record"]
        var owner: MappedFile? = try MappedFile(creating: path, size: 100)
        #expect(try find(path) == nil)
        withExtendedLifetime(owner) {}
        owner = nil
        let found = try #require(try find(path))
        #expect(found.isLocked)
        #expect(found.size == 100)
        #expect(try found.read(200).count == 100)
        #expect(try found.read(3).count == 3)
        #expect(try find(path) == nil, "one at a time clears up")
    }

    @Test func nothingButAPlainFileIsAbandoned() throws {
        try FileSystem.makeDirectories(directory["folder"])
        #expect(try find(directory["folder"]) == nil)
        #expect(try find(directory["nowhere"]) == nil)
        #expect(mkfifo(directory["pipe"], 0o600) == 0)
        #expect(try find(directory["pipe"]) == nil)
        #expect(symlink("/dev/null", directory["link"]) == 0)
        #expect(throws: SystemError.self) { try find(directory["link"]) }
    }
}
