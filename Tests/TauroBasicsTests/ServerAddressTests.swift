import TauroBasics
import Testing

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("postgresql://u:pa%40ss@h:5432/db?sslmode=require", "postgresql://h:5432/db"),
        ("postgresql://u:p@ss@h/db", "postgresql://h/db"), ("postgresql://u@h/db", "postgresql://h/db"),
        ("postgresql://u:pw@h1:1,h2:2/db", "postgresql://h1:1,h2:2/db"),
        ("postgresql://u:pw@[::1]:5/db", "postgresql://[::1]:5/db"),
        ("postgresql:///db?user=u&password=pass", "postgresql:///db"),
        ("jdbc:sqlserver://h:1433;user=u;password=pw", "jdbc:sqlserver://h:1433"),
        ("host=h password=pass dbname=d", "host=h password=*** dbname=d"),
        ("host = h  user=u", "host=h user=***"), ("host='a b' dbname=''", "host=a b dbname="),
        ("/data/a.db", "/data/a.db"), ("data/my sales.db", "data/my sales.db"), ("/data/a@b.db", "/data/a@b.db"),
        ("file:data/a.db?mode=ro", "file:data/a.db"), (":memory:", ":memory:"), ("", ""),
    ])
    func ofWhatIsUnderstoodTheServerIsShown(address: String, shown: String) {
        #expect(ServerAddress(address).shown == shown)
        #expect(ServerAddress(address, isSecret: true).shown == "<secret>")
    }

    @Test(arguments: [
        ("postgresql://u:pa%40ss@h:5432/db?sslmode=require", "h:5432/db"), ("postgresql:///db", "/db"),
        ("grpc+tls://u:pw@h:1/", "h:1/"), ("host=h port=5432 user=u password=pw dbname=db", "h:5432/db"),
        ("password=pw host='h'", "h"), ("dbname=db", "/db"), ("/data/a.db", nil), (":memory:", nil),
        ("user:s3cret@account/db", nil), ("postgresql://u:s3cret/a@h/db", nil),
    ])
    func aServerHasOneNameHoweverItIsAddressed(address: String, server: String?) {
        #expect(ServerAddress(address).server == server)
        #expect(ServerAddress(address, isSecret: true).server == nil)
    }

    /// Each address holds the password `s3cret`, some of them in pieces.
    @Test(arguments: [
        "password = s3cret", "host=h PASSWORD  =  's3cret'", "host=h passwd='s3cret' dbname=d", "Server=h;Pwd=s3cret;",
        "Server=h;PWD={s3cret};Uid=u", "sslpassword=s3cret host=h", "password='s3cret",
        "host=h password=s3cret;x dbname=d",
        "user:s3cret@account/db", "user:s3cret@account/db?warehouse=w", "user:s3cret@tcp(h:3306)/db",
        "user/s3cret@h:1521/x",
        "postgres://u:s3cret/a@h/db", "postgres://u:s3cret?a@h/db", "postgres://u:s3cret#a@h/db",
        "postgres://u:s3cret;a@h/db",
        "postgresql://u:s3cret@h/db?sslpassword=s3cret", "md:db?motherduck_token=s3cret",
        "postgresql://u:s3cret@h:x/db",
        "u:s3cret@h", "postgresql://h/db?password=s3cret@x", "mysql:u=a,password=s3cret",
    ])
    func aPasswordIsNotShownHoweverItIsWritten(address: String) {
        let found = ServerAddress(address)
        #expect(!found.shown.contains("s3cret"))
        for message in ["no server at \(address)", "for s3cret", "invalid port \"s3cret\""] {
            #expect(!found.redacted(message).contains("s3cret"), "\(found.secrets)")
        }
    }

    @Test(arguments: [
        (#"host=h password='it\'s' dbname=d"#, ["it's", #"it\'s"#]), (#"password=a\ b"#, ["a b", #"a\ b"#]),
        ("Pwd={a}}b};Server=h", ["a}b", "a}}b"]), ("postgresql://h/d?password=pa%40ss&x=y", ["pa@ss", "pa%40ss"]),
    ])
    func signsInPasswordsMayBeWrittenInTwoWays(address: String, passwords: [String]) {
        let found = ServerAddress(address)
        for password in passwords {
            #expect(!found.shown.contains(password))
            #expect(found.redacted("wrong: \(password).") == "wrong: ***.", "\(found.secrets)")
        }
    }

    @Test func messagesOfOthersHoldNoneEither() {
        let address = ServerAddress("postgresql://u:pa%40ss@h/db")
        #expect(address.redacted("no server at postgresql://u:pa%40ss@h/db for pa@ss") == "no server at *** for ***")
        #expect(ServerAddress("postgresql://u:x@h/db").redacted("an example: u:x@h") == "an example: ***@h")
    }
}
