import CTauro
import Foundation
import Glibc
import Synchronization
import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// What is kept, for how long; and how a query ends early.
@Suite struct LifetimeTests {
    @Test func aFrameIsLetGoAfterTheCall() throws {
        let engine = EngineFixture.engine()
        weak var watched: ScannedFrame?
        let registry: FrameRegistry
        do {
            let frame = try EngineFixture.numbers([1, 2, 3])
            let connection = try engine.connect()
            registry = connection.database.frames
            let leases = try connection.createView("t", of: frame, CancellationToken())
            watched = leases.first.flatMap { registry[$0.identifier] }
            #expect(watched != nil)
            let result = try connection.prepare("SELECT * FROM t").run(cancellation: CancellationToken())
            while var array = try result.nextChunk() { array.release(&array) }
            extendLifetime(leases)
        }
        #expect(watched == nil)
    }

    @Test func aFailedCallKeepsNothing() throws {
        let engine = EngineFixture.engine()
        let registry = try engine.connect().database.frames
        let frame = try EngineFixture.numbers([1])
        #expect(engine.refusal("SELECT nope FROM t", [("t", frame)]) != nil)
        _ = try engine.sql("SELECT * FROM t", [("t", frame)])
        #expect((1...10).allSatisfy { registry[$0] == nil })
    }

    @Test func theDatabaseClosesWithItsEngine() throws {
        weak var database: DuckDBDatabase?
        do {
            let engine = EngineFixture.engine()
            database = try engine.connect().database
            _ = try engine.sql("SELECT x FROM t", [("t", try EngineFixture.numbers([1]))])
            #expect(database != nil)
        }
        #expect(database == nil)
    }

    @Test(arguments: [false, true])
    func aDatabaseIsNotClosedOnAThreadOfItsOwn(_ isLetGoByDuckDB: Bool) throws {
        let closing = Monitor<pthread_t?>(nil)
        let database = try databaseAlone { closing.withLockNotifyingAll { $0 = pthread_self() } }
        if isLetGoByDuckDB { DuckDBRelease.release(database) } else { database.release() }
        let thread = closing.awaitValue { $0 }
        #expect((pthread_equal(thread, pthread_self()) == 0) == isLetGoByDuckDB)
    }

    /// A database that has one owner, and tells when it is closed.
    private func databaseAlone(_ tell: @escaping @Sendable () -> Void) throws -> Unmanaged<DuckDBDatabase> {
        let witness = Witness(tell)
        let engine = DuckDBEngine(
            libraryDirectories: [EngineFixture.vendor],
            threads: 2,
            temporaryDirectory: { withExtendedLifetime(witness) { nil } }
        )
        return Unmanaged.passRetained(try engine.connect().database)
    }

    /// Tells when it goes.
    private final class Witness: Sendable {
        private let tell: @Sendable () -> Void

        init(_ tell: @escaping @Sendable () -> Void) { self.tell = tell }

        deinit { tell() }
    }

    @Test func aCancelledTokenStartsNothing() {
        let token = CancellationToken()
        token.cancel()
        #expect(cancelled { try EngineFixture.engine().sql("SELECT 1", cancellation: token) })
    }

    @Test func cancellingJustBeforeAQueryStartsIsNotForgotten() throws {
        // DuckDB forgets an interrupt when the next query begins.
        let prepared = try EngineFixture.engine().connect().prepare("SELECT 1")
        let token = CancellationToken()
        token.cancel()
        #expect(
            performing: { try prepared.run(cancellation: token) },
            throws: { ($0 as? SQLError)?.code == .cancelled }
        )
    }

    @Test(arguments: [
        "SELECT count(*) AS n FROM range(10000000) a, range(1000000) b WHERE a.range * b.range = 7",
        "SELECT a.range AS n FROM range(10000000) a, range(1000000) b",
    ])
    func cancellingInterruptsARunningQuery(text: String) throws {
        let engine = EngineFixture.engine()
        _ = try engine.sql("SELECT 1")
        let token = CancellationToken()
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { argument in
                usleep(200_000)
                if let argument { Unmanaged<CancellationToken>.fromOpaque(argument).takeRetainedValue().cancel() }
                return nil
            },
            Unmanaged.passRetained(token).toOpaque()
        )
        defer { pthread_join(thread, nil) }
        // Uninterrupted it would run for hours.
        #expect(cancelled { try engine.sql(text, cancellation: token) })
        #expect(throws: Never.self) { try engine.sql("SELECT 1") }
    }

    @Test func anEngineWithoutALibraryListsEveryPlace() {
        #expect(
            performing: { try DuckDBLibrary.load(directories: ["/nowhere"], chosen: "/nowhere/lib.so") },
            throws: { error in
                let error = error as? SQLError
                return error?.code == .missingEngine && error?.message.contains("/nowhere/lib.so: cannot open") == true
                    && error?.message.contains("scripts/setup") == true
            }
        )
        #expect(
            DuckDBLibrary.candidates(directories: ["/a", "/b"], chosen: nil) == [
                "/a/libduckdb.so", "/a/duckdb/libduckdb.so", "/b/libduckdb.so", "/b/duckdb/libduckdb.so",
                "libduckdb.so",
                "/a/_duckdb.cpython-311-x86_64-linux-gnu.so", "/a/duckdb/_duckdb.cpython-311-x86_64-linux-gnu.so",
                "/b/_duckdb.cpython-311-x86_64-linux-gnu.so", "/b/duckdb/_duckdb.cpython-311-x86_64-linux-gnu.so",
            ]
        )
    }

    @Test func aLibraryThatIsNotTrustedIsNotOpened() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let link = folder.appendingPathComponent("libduckdb.so").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
        for chosen in [nil, link] {
            var asked: [String] = []
            let error = #expect(throws: SQLError.self) {
                try DuckDBLibrary.load(directories: [folder.path], chosen: chosen) { path in
                    asked.append(path)
                    return "is not trusted: anybody may write it"
                }
            }
            #expect(error?.message.contains("\n  /etc/passwd is not trusted: anybody may write it") == true)
            #expect(error?.message.contains("invalid ELF header") == false && asked == ["/etc/passwd"])
        }
    }

    @Test func aLibraryWithoutTheInterfaceNamesTheMissingFunction() {
        #expect(
            performing: { try DuckDBLibrary.load(directories: [], chosen: "libpthread.so.0") },
            throws: { error in
                (error as? SQLError)?.message.contains("duckdb_") == true
            }
        )
    }

    private func cancelled(_ body: () throws -> Frame) -> Bool {
        do {
            _ = try body()
            return false
        } catch {
            return (error as? SQLError)?.code == .cancelled
        }
    }
}
