import Foundation
import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroPluginHost

/// Whatever is changed in a plugin's file, reading it ends, soon, and with a reason.
struct ElfMutationTests {
    /// Cases for each kind of file; a million for all of them in the long tests, and few under the thread sanitizer,
    /// which has nothing to see in one thread.
    private static let cases = TestSeed.isLong ? 250_000 : Sanitizer.current == .thread ? 250 : 5_000
    /// One of how many files is also examined by all checks of `plugins check`, which cost much more than reading.
    private static let share = TestSeed.isLong ? 10 : 1

    @Test(.timeLimit(.minutes(TestSeed.patience)), arguments: ["gnu", "sysv", "stripped", "c++"])
    func noChangeMakesReadingCrashOrGoOnForEver(kind: String) async throws {
        let path = try ElfMutationTests.plugin(kind)
        // In a process of its own, whose memory no other test takes part of.
        await #expect(processExitsWith: .success) { [path = path as String, kind = kind as String] in
            try ElfMutationTests.readChanges(of: path, seed: TestSeed.value &+ UInt64(kind.utf8.count))
        }
    }

    private static func readChanges(of path: String, seed: UInt64) throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        var mutation = ElfMutation(bytes, seed: seed)
        let target = try ChangedFile()
        let checks = StaticChecks(host: CheckFixture.host())
        let before = PeakMemory.ofProcess()
        var reasons: Set<String> = []
        var taken = 0
        for index in 0..<ElfMutationTests.cases {
            try target.write(mutation.next())
            let isTaken = (try? PluginFile(path: target.path)) != nil
            if isTaken { taken += 1 }
            if index % ElfMutationTests.share != 0 { continue }
            let report = try checks.report(target.path)
            reasons.formUnion(report.findings.filter { $0.severity == .error }.map(\.message))
            // The set only shows that the changes are not all refused for one reason.
            if reasons.count > 4_000 { reasons.removeAll() }
            #expect(isTaken != ElfMutationTests.refuses(report), "case \(index) of seed \(TestSeed.value)")
        }
        #expect(taken > 0 && !reasons.isEmpty, "seed \(TestSeed.value)")
        #expect(PeakMemory.ofProcess() - before < 256 << 20, "seed \(TestSeed.value)")
    }

    /// Whether the checks found what a host refuses a plugin for.
    private static func refuses(_ report: CheckReport) -> Bool {
        let deciding: [PluginCheck] = [.sharedObject, .note, .names, .functions, .defaults]
        return report.findings.contains { finding in
            // A search path is refused only after reading, unless it can not be read.
            let isUnreadablePath = finding.check == .searchPaths && finding.message.hasPrefix("the file is ")
            return finding.severity == .error && (deciding.contains(finding.check) || isUnreadablePath)
        }
    }

    private static func plugin(_ kind: String) throws -> String {
        let more = """
            TAURO_NODE(shop_join, "shop.join", TAURO_DOC("Joins."), TAURO_FRAME(a), TAURO_FRAMES(b), TAURO_ML,
                       TAURO_I64(limit, 10), TAURO_F64(rate, 0.5), TAURO_BOOL(strict, true), TAURO_STR(mode, "left")) {
              return tauro_emit_frame(out, a);
            }
            __attribute__((visibility("default"))) int shop_helper(void) { return 1; }

            """
        let rpath = ["-Wl,-rpath,$ORIGIN:/usr/lib"]
        if kind == "c++" {
            return try CheckFixture.cxxPlugin(
                more + "struct S { static inline int x; };\n__attribute__((used)) static int *f() { return &S::x; }\n",
                flags: rpath
            )
        }
        let path = try CheckFixture.plugin(more, flags: rpath + ["-Wl,--hash-style=\(kind == "sysv" ? kind : "gnu")"])
        if kind == "stripped" { try Fixture.run("strip", ["-s", path]) }
        return path
    }
}

/// A file in memory whose content is replaced as a whole.
final class ChangedFile {
    let path: String
    private let descriptor: Int32

    init() throws {
        path = "/dev/shm/tauro-changed-\(getpid())-\(UUID().uuidString).so"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    func write(_ bytes: [UInt8]) throws {
        guard ftruncate(descriptor, off_t(bytes.count)) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
        else {
            throw POSIXError(.EIO)
        }
    }
}
