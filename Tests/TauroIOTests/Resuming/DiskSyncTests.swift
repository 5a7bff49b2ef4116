import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// What a commit puts on the disk, and when, where it shall outlive a power failure.
@Suite struct DiskSyncTests {
    private final class Recorder: Sendable {
        let paths = Mutex<[String]>([])
        func note(_ path: String) throws {
            #expect(FileSystem.exists(path))
            paths.withLock { $0.append(path) }
        }
    }

    @Test(arguments: ["parquet", "csv", "delta"]) func filesAndTheirNamesComeFirst(format: String) throws {
        let store = try RealStore(format, partition: ["k"])
        let recorder = Recorder()
        let before = Mutex<[String]>([])
        let manager = store.manager(syncs: true, synchronize: recorder.note) { step in
            if step == .joined { before.withLock { $0 = recorder.paths.withLock { $0 } } }
        }
        let output = try manager.store(
            .frame(RealStore.frame("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)")),
            as: store.dataset,
            commit: RealStore.commit(),
            cancellation: CancellationToken()
        )
        let first = before.withLock { $0 }
        for path in store.paths(of: output).map(FilePath.name) {
            #expect(first.contains { FilePath.name($0) == path }, "\(path)")
        }
        for name in ["k=0", "k=1"] { #expect(first.contains { FilePath.name($0) == name }) }
        let all = recorder.paths.withLock { $0 }
        // The directories that were made on the way, and where the first of them is.
        for path in [store.project["out"], store.project.path] { #expect(all.contains(path), "\(path)") }
        let last = format == "delta" ? [store.dataset.path.value + "/_delta_log"] : [store.project["out"]]
        for path in last { #expect(all.lastIndex(of: path) ?? -1 >= first.count, "\(path)") }
    }

    @Test func nothingIsPutThereUnlessItIsAsked() throws {
        for format in ["parquet", "delta"] {
            let store = try RealStore(format)
            let recorder = Recorder()
            _ = try store.manager(synchronize: recorder.note).store(
                .frame(RealStore.frame("SELECT 1 AS n")),
                as: store.dataset,
                commit: RealStore.commit(),
                cancellation: CancellationToken()
            )
            #expect(recorder.paths.withLock { $0.isEmpty })
        }
    }

    @Test func aDiskThatFailsLeavesWhatWasThere() throws {
        let store = try RealStore("parquet", mode: .overwrite)
        _ = try store.output("SELECT 1 AS n")
        struct Full: Error {}
        let manager = store.manager(syncs: true) { _ in throw Full() }
        #expect(throws: Full.self) {
            try manager.store(
                .frame(RealStore.frame("SELECT 2 AS n")),
                as: store.dataset,
                commit: RealStore.commit(2),
                cancellation: CancellationToken()
            )
        }
        #expect(try store.rows() == ["{'n': 1}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }
}
