import TauroBasics
import Testing

/// What the system says about files and about users' directories.
@Suite struct UserFileTests {
    @Test func aStampChangesWithTheFile() throws {
        let directory = try TemporaryDirectory()
        let path = directory["a"]
        try FileSystem.writeAtomically("one", to: path)
        let first = try FileSystem.fileStatus(of: path)
        #expect(first.kind == .file && first.stamp.size == 3)
        #expect(try FileSystem.fileStatus(of: path) == first)
        try FileSystem.writeAtomically("two", to: path)
        #expect(try FileSystem.fileStatus(of: path).stamp != first.stamp)
        #expect(throws: SystemError.self) { try FileSystem.fileStatus(of: directory["b"]) }
    }

    @Test func theSharedDirectoryIsSticky() throws {
        let status = try FileSystem.fileStatus(of: "/tmp")
        #expect(status.kind == .directory && status.owner == 0 && status.permissions == 0o1777)
    }

    @Test func aNewFileHasItsNameOnlyWhenItIsPlaced() throws {
        let directory = try TemporaryDirectory()
        let target = directory["a"]
        do {
            let file = try NewFile(beside: target, permissions: 0o500)
            try Array("abc".utf8).withUnsafeBytes { try file.append($0) }
            #expect(!FileSystem.exists(target))
            try file.place(at: target)
        }
        #expect(try FileSystem.readText(target) == "abc")
        #expect(try FileSystem.fileStatus(of: target).permissions == 0o500)
        do { _ = try NewFile(beside: target, permissions: 0o500) }
        #expect(try FileSystem.list(directory.path) == ["a"])
    }

    @Test func usersDirectoriesFollowTheSpecification() {
        func path(_ environment: [String: String]) -> String? {
            UserDirectory.path("XDG_CACHE_HOME", otherwise: ".cache", environment)
        }
        #expect(path(["XDG_CACHE_HOME": "/c/./x", "HOME": "/home/ann"]) == "/c/x")
        #expect(path(["HOME": "/home/ann"]) == "/home/ann/.cache")
        #expect(path(["XDG_CACHE_HOME": "", "HOME": "/home/ann"]) == "/home/ann/.cache")
        #expect(path(["XDG_CACHE_HOME": "relative", "HOME": "/home/ann"]) == "/home/ann/.cache")
        #expect(path(["HOME": "here"]) == nil)
        #expect(path([:]) == nil)
    }

    @Test(arguments: [
        ("/a/b-1.so", "/a/b-1.so"), ("/my files/a.so", "'/my files/a.so'"), ("it's", #"'it'\''s'"#), ("", "''"),
        ("$HOME", "'$HOME'"),
    ])
    func aPathIsOneWord(of path: String, to shell: String) {
        #expect(ShellText.word(path) == shell)
    }

    @Test func aTestHasNoMoreRightsThanWhoeverStartedIt() {
        #expect(!ProcessEnvironment.isElevated)
    }
}
