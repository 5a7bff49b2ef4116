import TauroBasics
import Testing

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("postgresql://u:pa%40ss@h:5432/db?sslmode=require", "postgresql://h:5432/db"),
        ("postgresql://u:p@ss@h/db", "postgresql://h/db"), ("postgresql://u@h/db", "postgresql://h/db"),
        ("postgresql:///db?user=u&password=pass", "postgresql:///db"),
        ("host=h password=pass dbname=d", "host=h password=*** dbname=d"),
        ("/data/a.db", "/data/a.db"), ("", ""),
    ])
    func whatIsShownHoldsNoPassword(address: String, shown: String) {
        #expect(ServerAddress(address).shown == shown)
        #expect(ServerAddress(address, isSecret: true).shown == "<secret>")
    }

    @Test func messagesOfOthersHoldNoneEither() {
        let address = ServerAddress("postgresql://u:pa%40ss@h/db")
        #expect(address.redacted("no server at postgresql://u:pa%40ss@h/db for pa@ss") == "no server at *** for ***")
        #expect(ServerAddress("postgresql://u:x@h/db").redacted("an example: u:x@h") == "an example: ***@h")
    }
}
