import Foundation
import TauroBasics
import Testing

/// `init`: from an empty directory to a result, by nothing but the commands that it prints.
@Suite struct NewProjectTests {
    static let templates = ["minimal", "medallion", "ml"]

    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func make(_ arguments: String...) throws -> HostProcess.Result {
        try HostProcess.run(["init"] + arguments, directory: scratch.path)
    }

    /// Runs what was printed as a shell would, up to the first command that fails.
    private func follow(_ commands: String) throws -> HostProcess.Result {
        try HostProcess.start("/bin/sh", ["-e", "-c", commands], directory: scratch.path)
    }

    /// Everything below the test's directory, sorted.
    private func everything() -> [String] {
        (FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String } ?? []).sorted()
    }

    @Test(arguments: templates)
    func filesOfATemplate(template: String) throws {
        let made = try make("my_shop", "--template", template)
        let files = everything().filter { path in
            (try? FileManager.default.attributesOfItem(atPath: scratch.file(path)))?[.type] as? FileAttributeType
                == .typeRegular
        }
        let content = try files.map { "=== \($0)\n\(try scratch.text($0))" }
        try Snapshot.check(
            "init-\(template)",
            HostProcess.Result(status: made.status, output: made.output + content.joined(), errors: made.errors),
            replacing: [Checkout.root: "<checkout>", HostProcess.executable: "<host>"]
        )
    }

    @Test(arguments: [
        ("minimal", "customer  orders   spent\nZoë            2  113.95\nAnn            2   42.75\n"),
        ("medallion", "country  orders  sales\nFrance        1  99.75\nKenya         3  55.25\n"),
        ("ml", "flat_id  size    rent  predicted\n      1  38.0   610.0     610.32\n"),
    ])
    func commandsLeadToAResult(template: String, expected: String) throws {
        let made = try make("my_shop", "--template", template, "--at", "it's here")
        try #require(made.status == 0, "\(made.errors)")
        let followed = try follow(made.output)
        #expect(followed.status == 0, "\(followed.output)\(followed.errors)")
        #expect(followed.output.contains(expected), "\(followed.output)")
        // Nothing in a new project gives reason to warn, neither the compiler nor the host.
        #expect(!followed.errors.contains("warning"), "\(followed.errors)")
        let checked = try HostProcess.run(["validate", "--project", scratch.file("it's here/my_shop")])
        #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
    }

    @Test func hyperparametersReachTheModelAndItsQualityIsAMetric() throws {
        let made = try make("rents", "--template", "ml")
        try #require(try follow(made.output).status == 0)
        func rmse() throws -> Double {
            let run = try HostProcess.run(["run", "rents", "--format", "json", "--project", scratch.file("rents")])
            let summary = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let nodes = try #require(summary?["nodes"] as? [String: [String: Any]], "\(run.errors)")
            return try #require((nodes["evaluate_model"]?["metrics"] as? [String: Double])?["rmse"])
        }
        let careful = try rmse()
        #expect((1.0..<100.0).contains(careful))
        let settings = try scratch.text("rents/config/ml_info.yaml")
        try scratch.write(
            settings.replacingOccurrences(of: "ridge: 10.0", with: "ridge: 100000.0"),
            to: "rents/config/ml_info.yaml"
        )
        #expect(try rmse() > careful)
    }

    @Test func newPluginsAreTrustedWhateverTheMask() throws {
        let command = "umask 002; '\(HostProcess.executable)' init my_shop && make -C my_shop"
        #expect(try follow(command).status == 0)
        for path in ["", "/plugins", "/plugins/my_shop.so"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: scratch.file("my_shop" + path))
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o022 == 0, "my_shop\(path) has the mode \(String(mode, radix: 8))")
        }
    }

    @Test func nothingIsOverwritten() throws {
        try scratch.write("mine", to: "my_shop/notes.txt")
        let result = try make("my_shop")
        #expect(result.status == 2)
        #expect(
            result.errors == """
                error: \(scratch.file("my_shop")) is there already; nothing was written
                    choose another name, or another --at DIR

                """
        )
        #expect(everything() == ["my_shop", "my_shop/notes.txt"])
        try FileManager.default.createDirectory(atPath: scratch.file("empty"), withIntermediateDirectories: true)
        #expect(try make("empty").status == 0)
    }

    @Test(arguments: [
        ("Shop", "expected lower-case letters, digits and underscores, a letter first"), ("my-shop", "init my_shop"),
        ("", "a letter first"), ("while", "which is a word of C or Swift"), ("a/b", "letters"), ("..", "letters"),
    ])
    func namesAreChecked(name: String, expected: String) throws {
        let result = try make(name)
        #expect(result.status == 2)
        #expect(result.errors.contains("error: the project can not be named '\(name)'"), "\(result.errors)")
        #expect(result.errors.contains(expected), "\(result.errors)")
        #expect(everything().isEmpty)
    }

    @Test func unknownTemplateIsRefusedWithThoseThereAre() throws {
        let result = try make("my_shop", "--template", "big")
        #expect(result.status == 2)
        for template in NewProjectTests.templates { #expect(result.errors.contains(template), "\(result.errors)") }
        #expect(everything().isEmpty)
    }

    @Test func placeThatCanNotBeWrittenIsTold() throws {
        try scratch.write("a file", to: "taken")
        let inFile = try make("my_shop", "--at", "taken/deeper")
        #expect(inFile.status == 2)
        #expect(inFile.errors.contains("error: the project can not be made: could not"), "\(inFile.errors)")
        #expect(inFile.errors.contains("Not a directory"), "\(inFile.errors)")
        // Root may write anywhere but where nobody can.
        let nowhere = try make("my_shop", "--at", "/proc/self")
        #expect(nowhere.status == 2)
        #expect(nowhere.errors.contains("/proc/self/my_shop"), "\(nowhere.errors)")
        #expect(everything() == ["taken"])
    }

    @Test(arguments: ["new/place", "."])
    func nothingHalfWrittenStays(place: String) throws {
        if place == "." {
            try FileManager.default.createDirectory(atPath: scratch.file("my_shop"), withIntermediateDirectories: true)
        }
        let before = everything()
        // Files may have four blocks of 512 bytes: some fit, and then one does not.
        let command = "'\(HostProcess.executable)' init my_shop --template medallion --at '\(place)'"
        let result = try follow("trap '' XFSZ; ulimit -f 4; \(command) 2>&1 | cat")
        #expect(everything() == before)
        // The thread sanitizer writes a larger file itself as it starts, and its process dies of that.
        if Sanitizer.current == .thread { return #expect(result.output.isEmpty) }
        #expect(result.output.contains("error: the project can not be made: could not write"), "\(result.output)")
    }
}
