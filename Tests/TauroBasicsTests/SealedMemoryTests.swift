import Foundation
import Testing

@testable import TauroBasics

@Suite struct SealedMemoryTests {
    private func memory(_ text: String) throws -> SealedMemory {
        try Array(text.utf8).withUnsafeBytes {
            try SealedMemory("test", [$0, UnsafeRawBufferPointer(start: nil, count: 0), $0])
        }
    }

    @Test func piecesStandOneAfterAnother() throws {
        let memory = try memory("frame ")
        #expect(memory.byteCount == 12)
        #expect(try MappedMemory(memory).withBytes { String(decoding: $0, as: UTF8.self) } == "frame frame ")
    }

    @Test func contentAndSizeCanNotChange() throws {
        let memory = try memory("sealed")
        #expect(ftruncate(memory.descriptor, 1) == -1 && errno == EPERM)
        #expect(ftruncate(memory.descriptor, 100) == -1)
        #expect(pwrite(memory.descriptor, "x", 1, 0) == -1)
        #expect(mmap(nil, 12, PROT_READ | PROT_WRITE, MAP_SHARED, memory.descriptor, 0) == MAP_FAILED)
    }

    @Test func mappingOutlivesTheDescriptor() throws {
        var memory: SealedMemory? = try memory("kept")
        let mapping = try MappedMemory(try #require(memory))
        memory = nil
        #expect(mapping.withBytes { String(decoding: $0, as: UTF8.self) } == "keptkept")
    }

    @Test func onlySealedMemoryIsTakenFromOthers() throws {
        let pipe = try ReadingPipe()
        #expect(throws: SystemError.self) { try SealedMemory(taking: dup(pipe.descriptor), limit: 100) }
        let path = NSTemporaryDirectory() + "tauro-\(UUID().uuidString)"
        try Data("file".utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        #expect(throws: SystemError.self) { try SealedMemory(taking: open(path, O_RDONLY), limit: 100) }
        let large = try memory("large")
        #expect(throws: SystemError.self) { try SealedMemory(taking: dup(large.descriptor), limit: 9) }
        #expect(try SealedMemory(taking: dup(large.descriptor), limit: 10).byteCount == 10)
    }
}
