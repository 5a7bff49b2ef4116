import Dispatch
import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Somebody who reads an output again and again while others store it.
@Suite struct ReadingBesideTests {
    private static let commits = 100
    /// How many commits follow an overwrite before the next one.
    private static let round = 4
    private static let rows = 30

    /// What became of the writer.
    private enum Writing: Equatable {
        case goesOn, ended
        case failed(String)
    }

    @Test(arguments: [("csv", ""), ("parquet", ""), ("parquet", "/*/*.parquet")])
    func seesTheRowsOfWholeCommitsAlone(format: String, pattern: String) throws {
        let store = try RealStore(format, partition: ["k"])
        let writing = Mutex(Writing.goesOn)
        let read = DispatchSemaphore(value: 0)
        try Self.commit(0, to: store)
        let pool = try WorkerPool(count: 1, name: "writer")
        defer {
            // A writer that waits still, because the reader gave up, comes to its end.
            for _ in 0..<Self.commits { read.signal() }
            pool.shutdown()
        }
        pool.submit {
            do {
                for number in 1..<Self.commits {
                    // So that it is read between any two commits, and the next one comes while it is read again.
                    read.wait()
                    try Self.commit(number, to: store)
                }
                writing.withLock { $0 = .ended }
            } catch {
                writing.withLock { $0 = .failed("\(error)") }
            }
        }
        var reader = store
        reader.dataset.path = Located(store.dataset.path.value + pattern)
        var newest = 0
        while true {
            let isLast = writing.withLock { $0 != .goesOn }
            if let seen = try Self.read(reader) {
                newest = try Self.check(seen, after: newest)
                read.signal()
            } else {
                #expect(!isLast, "nobody stores any longer, and it can not be read")
            }
            if isLast { break }
        }
        #expect(writing.withLock { $0 } == .ended)
        #expect(newest == Self.commits - 1)
    }

    private static func commit(_ number: Int, to store: RealStore) throws {
        var store = store
        store.dataset.writeMode = number % round == 0 ? .overwrite : .append
        let rows = "SELECT \(number) AS c, i AS n, i % 3 AS k FROM range(\(rows)) AS t(i)"
        try store.store(rows, run: number + 1)
    }

    /// How many rows of which commit there are; nil where a file that was listed is gone, which a reader is told.
    private static func read(_ store: RealStore) throws -> [(commit: Int, rows: Int)]? {
        do {
            let texts = try store.rows("SELECT c || ' ' || count(*) AS text FROM t GROUP BY c ORDER BY c")
            return texts.map { text in
                let numbers = text.split(separator: " ").compactMap { Int($0) }
                return (numbers[0], numbers[1])
            }
        } catch {
            let words = "\(error)"
            #expect(["No such file", "No files found"].contains { words.contains($0) }, "\(words)")
            return nil
        }
    }

    /// Makes sure that nothing is mixed or missing; gives the newest commit.
    private static func check(_ seen: [(commit: Int, rows: Int)], after newest: Int) throws -> Int {
        let last = try #require(seen.last?.commit)
        #expect(last >= newest)
        #expect(seen.map(\.commit) == Array(last / round * round...last))
        #expect(seen.allSatisfy { $0.rows == rows }, "\(seen)")
        return last
    }
}
