import TauroBasics
import Testing

@Suite struct SQLiteAddressTests {
    @Test(arguments: [
        ("file:a.db", "a.db"), ("file:data/a.db?mode=ro&cache=shared#x", "data/a.db"), ("file:/a.db", "/a.db"),
        ("file:///a.db", "/a.db"), ("file://localhost/a.db", "/a.db"), ("file:a%3Fb%20%25.db?x", "a?b %.db"),
        ("file:%2e%2e/a.db", "../a.db"), ("file:a:////b.db", "a:/b.db"),
    ])
    func namesAFile(text: String, path: String) {
        #expect(SQLiteAddress(text)?.path == path)
    }

    @Test(arguments: ["a.db", "", "file:", "file:?mode=memory", "file::memory:", "file://server/a.db", "FILE:a.db"])
    func orNone(text: String) {
        #expect(SQLiteAddress(text) == nil)
    }

    @Test func keepsHowTheFileIsOpenedWhenItsPathIsReplaced() throws {
        var address = try #require(SQLiteAddress("file:a.db?mode=ro#x"))
        address.path = "/data/50% of it?/a.db"
        #expect(address.text == "file:/data/50%25%20of%20it%3F/a.db?mode=ro#x")
        #expect(SQLiteAddress(address.text) == address)
    }
}
