import Synchronization
import TauroBasics
import TauroData
import TauroEngine
import TauroIO
import TauroModel

/// An engine that writes a line per file and remembers what it was asked to read.
final class FakeEngine: Engine {
    let name = "fake"
    /// What it was asked to read, and to run.
    var reads: [ReadRequest] { seen.withLock { $0.reads } }
    var queries: [String] { seen.withLock { $0.queries } }
    /// What servers were asked for, and how.
    var remote: [(address: String, access: RemoteAccess)] { seen.withLock { $0.remote } }
    private typealias Seen = (
        reads: [ReadRequest], queries: [String], remote: [(address: String, access: RemoteAccess)]
    )
    private let seen = Mutex<Seen>(([], [], []))
    /// What is on servers.
    let addresses: [String]
    /// Runs in the middle of a write.
    let whileWriting: @Sendable () throws -> Void
    /// What every file holds.
    let text: String

    init(
        text: String = "rows\n",
        addresses: [String] = [],
        whileWriting: @escaping @Sendable () throws -> Void = {}
    ) {
        self.addresses = addresses
        self.text = text
        self.whileWriting = whileWriting
    }

    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame {
        seen.withLock { $0.queries.append(statement.text) }
        return Frame(schema: Schema([]), batches: [])
    }

    func storesUnread(_ frame: Frame) throws -> Bool { false }

    func open(_ request: ReadRequest) throws -> Frame {
        seen.withLock { $0.reads.append(request) }
        return Frame(schema: Schema([]), batches: [])
    }

    func open(_ request: QueryRequest) throws -> Frame {
        seen.withLock { $0.queries.append(request.text) }
        return Frame(schema: Schema([]), batches: [])
    }

    /// The words after each `FROM`.
    func tables(readBy query: String) throws -> [String] {
        let words = query.split(separator: " ").map(String.init)
        return words.indices.dropFirst().filter { words[$0 - 1] == "FROM" }.map { words[$0] }
    }

    func remoteFiles(matching pattern: String, _ access: RemoteAccess) throws -> [String] {
        seen.withLock { $0.remote.append((pattern, access)) }
        return addresses.filter { $0.hasPrefix(String(pattern.prefix { $0 != "*" })) }
    }

    func remoteSize(of address: String, _ access: RemoteAccess) throws -> Int64? {
        seen.withLock { $0.remote.append((address, access)) }
        return addresses.contains(address) ? 1 : nil
    }

    func write(_ frame: Frame, _ request: WriteRequest, cancellation: CancellationToken) throws -> WriteReceipt {
        try FileSystem.writeAtomically(text, to: request.file)
        try whileWriting()
        return WriteReceipt(rows: frame.rowCount ?? 0, bytes: Int64(text.utf8.count))
    }

    func deliverable(_ frame: Frame, spool: FrameSpool?, cancellation: CancellationToken) throws -> Frame { frame }
}

/// A directory of a test's own, with an output `t` in `out/t`.
final class Project: Sendable {
    static let runID = "20260131T101112345Z-9f3a1c"
    let path: String

    init(_ name: String = "project") throws {
        root = "\(try FileSystem.realPath("/tmp"))/tauro-io-\(UInt64.random(in: .min ... .max))"
        path = "\(root)/\(name)"
        try FileSystem.makeDirectories(path)
    }

    deinit { try? FileSystem.removeTree(root) }

    private let root: String

    subscript(name: String) -> String { FilePath.join(path, name) }

    func write(_ text: String, to name: String) throws {
        try FileSystem.makeDirectories(FilePath.parent(self[name]))
        try FileSystem.writeAtomically(text, to: self[name])
    }

    func output(
        _ format: String = "parquet",
        path: String = "out/t",
        options: [String: ConfigValue.Content] = [:],
        mode: DatasetDefinition.WriteMode = .overwrite
    ) -> DatasetDefinition {
        DatasetDefinition(
            id: "t",
            format: Located(format),
            path: Located(self[path]),
            options: options.mapValues { ConfigValue($0, at: SourceLocation(file: "output.yaml", line: 1, column: 1)) },
            writeMode: mode
        )
    }

    @discardableResult
    func store(
        _ dataset: DatasetDefinition,
        engine: FakeEngine = FakeEngine(),
        node: String = "node",
        runID: String = Project.runID,
        result: Dataset? = nil
    ) throws -> OutputRecord {
        let schema = Schema([Field("id", .int64), Field("day", .date32), Field("tags", .list(Field("item", .utf8)))])
        return try DataOutputManager(engine: engine, writers: 2).store(
            result ?? .frame(Frame(schema: schema, batches: [])),
            as: dataset,
            commit: CommitIdentity(runID: runID, node: node),
            cancellation: CancellationToken()
        ).record
    }

    /// The message of the error that `body` throws, or nothing.
    func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return "\(error)"
        }
    }
}
