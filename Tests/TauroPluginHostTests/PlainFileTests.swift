import Foundation
import Testing

@testable import TauroPluginHost

struct PlainFileTests {
    private func file(of count: Int) throws -> String {
        let path = try Fixture.freshDirectory() + "/bytes"
        try Data((0..<count).map { UInt8($0 % 251) }).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test(arguments: [0, 1, 99, 100, 5000])
    func theSameBytesComeFromTheHeadAndFromTheFile(head: Int) throws {
        let file = try PlainFile(path: try file(of: 300), head: head)
        for (offset, count) in [(0, 0), (0, 1), (50, 50), (98, 4), (100, 1), (0, 300), (299, 1), (300, 0)] {
            let expected = (offset..<(offset + count)).map { UInt8($0 % 251) }
            #expect(try file.read("a piece", at: UInt64(offset), count: count) == expected)
        }
        #expect(throws: PlainFileError.truncated(what: "a piece", end: 301, size: 300)) {
            try file.read("a piece", at: 299, count: 2)
        }
        #expect(throws: PlainFileError.beyond(what: "a piece", start: .max)) {
            try file.read("a piece", at: .max, count: 1)
        }
    }

    @Test func aFileThatShrinksGivesAnError() throws {
        let path = try file(of: 300)
        let file = try PlainFile(path: path, head: 100)
        #expect(truncate(path, 150) == 0)
        #expect(try file.read("a piece", at: 99, count: 1) == [99])
        #expect(throws: PlainFileError.truncated(what: "a piece", end: 200, size: 150)) {
            try file.read("a piece", at: 120, count: 80)
        }
    }

    @Test func announcingIsOnlyAHint() throws {
        let directory = try Fixture.freshDirectory()
        try FileManager.default.createSymbolicLink(atPath: directory + "/link", withDestinationPath: "/dev/null")
        mkfifo(directory + "/pipe", 0o600)
        PlainFile.announce([directory, directory + "/link", directory + "/pipe", directory + "/none"], head: 100)
    }
}
