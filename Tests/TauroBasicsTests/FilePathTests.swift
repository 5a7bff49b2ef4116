import TauroBasics
import Testing

@Suite("Paths as text")
struct FilePathTests {
    @Test(
        "normalising",
        arguments: [
            ("/a/b", "/a/b"), ("/a//b/./c/", "/a/b/c"), ("/a/../b", "/b"), ("/../a", "/a"), ("/", "/"),
            ("a/../..", ".."), ("../../a", "../../a"), ("a/..", "."), ("", "."), ("./a", "a"), ("/ä/*.csv", "/ä/*.csv"),
        ]
    )
    func normalized(_ path: String, _ expected: String) { #expect(FilePath.normalized(path) == expected) }

    @Test("joining")
    func join() {
        #expect(FilePath.join("/a", "b") == "/a/b")
        #expect(FilePath.join("/a/", "b") == "/a/b")
        #expect(FilePath.join("/a", "/b") == "/b")
        #expect(FilePath.join("", "b") == "b")
        #expect(FilePath.join("/a", "") == "/a")
        #expect(FilePath.absolute("../x", from: "/a/b") == "/a/x")
    }

    @Test(
        "parent and name",
        arguments: [
            ("/a/b.csv", "/a", "b.csv"), ("/a", "/", "a"), ("a", ".", "a"), ("/a/b/", "/a", "b"), ("/", "/", ""),
            ("a//b", "a", "b"),
        ]
    )
    func parts(_ path: String, _ parent: String, _ name: String) {
        #expect(FilePath.parent(path) == parent)
        #expect(FilePath.name(path) == name)
    }

    @Test("suffix and stem")
    func suffix() {
        #expect(FilePath.suffix("/a.b/c.CSV") == "csv")
        #expect(FilePath.suffix("/a.b/c") == "")
        #expect(FilePath.suffix(".hidden") == "")
        #expect(FilePath.stem("/a/c.tar.gz") == "c.tar")
        #expect(FilePath.stem(".hidden") == ".hidden")
    }

    @Test("wildcards")
    func globs() {
        #expect(FilePath.isGlob("/a/*.csv"))
        #expect(FilePath.isGlob("/a/[ab]"))
        #expect(!FilePath.isGlob("/a/b{c}"))
    }
}
