import TauroBasics
import Testing

@Suite("The file system")
struct FileSystemTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("what is written is read, of any size", arguments: [0, 1, 4096, 300_001])
    func roundTrip(_ size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        try FileSystem.writeAtomically(bytes, to: directory["f"], durable: true)
        #expect(try FileSystem.read(directory["f"]) == bytes)
        #expect(try FileSystem.size(of: directory["f"]) == Int64(size))
        #expect(try FileSystem.list(directory.path) == ["f"], "no temporary file stays")
    }

    @Test("files without a size are read too")
    func specialFile() throws {
        #expect(try FileSystem.readText("/proc/self/status").hasPrefix("Name:"))
    }

    @Test("a write that fails leaves the old content and nothing else")
    func failedWrite() throws {
        try FileSystem.makeDirectories(directory["d/inner"])
        let error = #expect(throws: SystemError.self) {
            try FileSystem.writeAtomically("x", to: directory["d"])
        }
        #expect(error?.text == "Is a directory")
        #expect(try FileSystem.list(directory.path) == ["d"])
    }

    @Test("errors name operation, path and reason")
    func errors() throws {
        let error = #expect(throws: SystemError.self) { try FileSystem.read("/nowhere/file") }
        #expect(error?.description == "could not read /nowhere/file: No such file or directory")
        #expect(error?.isMissingPath == true)
        #expect(throws: SystemError.self) { try FileSystem.list("/nowhere") }
        #expect(throws: SystemError.self) { try FileSystem.realPath("/nowhere") }
        #expect(throws: SystemError.self) { try FileSystem.makeDirectories("/proc/nowhere/x") }
    }

    @Test("kinds")
    func kinds() throws {
        try FileSystem.writeAtomically("x", to: directory["f"])
        #expect(try FileSystem.kind(of: directory["f"]) == .file)
        #expect(try FileSystem.kind(of: directory.path) == .directory)
        #expect(try FileSystem.kind(of: "/dev/null") == .other)
        #expect(try FileSystem.kind(of: directory["none"]) == nil)
        #expect(try FileSystem.kind(of: directory["f/below"]) == nil)
        #expect(FileSystem.exists(directory["f"]))
        #expect(!FileSystem.isDirectory(directory["f"]))
    }

    @Test("a directory that is held is told from one that takes its place")
    func heldDirectory() throws {
        for name in ["a", "b"] { try FileSystem.makeDirectories(directory[name]) }
        let held = try HeldDirectory(directory["a"])
        #expect(try held.isInPlace())
        try FileSystem.exchange(directory["a"], with: directory["b"])
        #expect(try !held.isInPlace())
        try FileSystem.removeTree(directory["b"])
        #expect(try !held.isInPlace())
        try FileSystem.removeTree(directory["a"])
        #expect(try !held.isInPlace())
        #expect(throws: SystemError.self) { try HeldDirectory(directory["a"]) }
    }

    @Test("directories are made with those above them, and listed in order")
    func directories() throws {
        try FileSystem.makeDirectories(directory["a/b/c"])
        try FileSystem.makeDirectories(directory["a/b/c"])
        for name in ["z", "B", "a"] { try FileSystem.writeAtomically("", to: directory["a/b/\(name)"]) }
        #expect(try FileSystem.list(directory["a/b"]) == ["B", "a", "c", "z"])
        #expect(throws: SystemError.self) { try FileSystem.makeDirectories(directory["a/b/z/d"]) }
    }

    @Test("a tree goes as a whole, and links in it are not followed")
    func removeTree() throws {
        try FileSystem.makeDirectories(directory["keep"])
        try FileSystem.writeAtomically("x", to: directory["keep/f"])
        try FileSystem.makeDirectories(directory["tree/sub"])
        try FileSystem.writeAtomically("x", to: directory["tree/sub/f"])
        try Links.make(directory["tree/link"], to: directory["keep"])
        try FileSystem.removeTree(directory["tree"])
        try FileSystem.removeTree(directory["tree"])
        #expect(try FileSystem.list(directory.path) == ["keep"])
        #expect(try FileSystem.list(directory["keep"]) == ["f"])
        try FileSystem.removeFile(directory["keep/f"])
        try FileSystem.removeFile(directory["keep/f"])
        #expect(try FileSystem.list(directory["keep"]) == [])
    }

    @Test("two directories change places in one step")
    func exchange() throws {
        for name in ["a", "b"] {
            try FileSystem.makeDirectories(directory[name])
            try FileSystem.writeAtomically(name, to: directory["\(name)/f"])
        }
        try FileSystem.exchange(directory["a"], with: directory["b"])
        #expect(try FileSystem.readText(directory["a/f"]) == "b")
        #expect(try FileSystem.readText(directory["b/f"]) == "a")
        let error = #expect(throws: SystemError.self) {
            try FileSystem.exchange(directory["a"], with: directory["none"])
        }
        #expect(error?.isMissingPath == true)
    }

    @Test("renaming replaces, or refuses to")
    func rename() throws {
        try FileSystem.writeAtomically("a", to: directory["a"])
        try FileSystem.writeAtomically("b", to: directory["b"])
        let error = #expect(throws: SystemError.self) {
            try FileSystem.renameWithoutReplacing(directory["a"], to: directory["b"])
        }
        #expect(error?.isExistingPath == true)
        #expect(try FileSystem.readText(directory["b"]) == "b")
        try FileSystem.renameWithoutReplacing(directory["a"], to: directory["c"])
        try FileSystem.rename(directory["c"], to: directory["b"])
        #expect(try FileSystem.readText(directory["b"]) == "a")
        #expect(try FileSystem.list(directory.path) == ["b"])
    }

    @Test("wildcards, sorted")
    func glob() throws {
        for name in ["b.csv", "a.csv", "B.csv", "c.txt"] { try FileSystem.writeAtomically("", to: directory[name]) }
        #expect(try FileSystem.glob(directory["*.csv"]) == ["B.csv", "a.csv", "b.csv"].map { directory[$0] })
        #expect(try FileSystem.glob(directory["*.xml"]) == [])
    }

    @Test("links are followed to the real path")
    func realPath() throws {
        try FileSystem.makeDirectories(directory["real"])
        try Links.make(directory["link"], to: directory["real"])
        #expect(try FileSystem.realPath(directory["link/../link"]) == directory["real"])
        #expect(FilePath.isAbsolute(try FileSystem.workingDirectory()))
    }
}
