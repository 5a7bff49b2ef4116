import TauroBasics
import TauroModel

/// Which commits have stored rows in transactions: a topic of marks, each sent in the transaction that it is about.
///
/// So a mark can be read exactly when its rows can.
struct KafkaCommits {
    /// The topic, in the same brokers as the rows.
    static let topic = "tauro_commits"

    /// What one commit stored.
    struct Entry: Equatable {
        let rows: Int64
        let bytes: Int64
    }

    private let functions: KafkaFunctions
    private let settings: KafkaSettings
    private let datasetID: String
    /// The keys of the marks of the commit's generations, the first one's first.
    private let keys: [[UInt8]]
    private let commit: CommitIdentity

    init(_ functions: KafkaFunctions, _ settings: KafkaSettings, _ dataset: DatasetDefinition, _ commit: CommitIdentity)
    {
        self.functions = functions
        self.commit = commit
        datasetID = dataset.id
        let key = [settings.topic, dataset.id, commit.node, commit.runID].joined(separator: "/")
        keys = (1...commit.generation).map { Array(($0 == 1 ? key : "\(key)/\($0)").utf8) }
        var marks = KafkaSettings()
        marks.servers = settings.servers
        marks.topic = Self.topic
        (marks.timeout, marks.transactionTimeout) = (settings.timeout, settings.transactionTimeout)
        // A mark that is not committed says nothing.
        marks.properties = settings.properties.filter { $0.name != "isolation.level" }
        self.settings = marks
    }

    /// Creates the topic of marks where there is none; older marks of one commit may go, the newest stays.
    func createTopic(by writer: KafkaClient) throws {
        if try writer.topics()[Self.topic] != nil { return }
        try writer.createTopic(Self.topic, partitions: 1, properties: [("cleanup.policy", "compact")])
    }

    /// What the commit has stored; nil if it has not.
    ///
    /// - Throws: `DatasetError` where an earlier generation has stored, whose messages nobody can take back.
    func entry(cancellation: CancellationToken) throws -> Entry? {
        let client = try KafkaClient.reader(functions, settings, of: datasetID)
        let reader = KafkaReader(client, try ranges(client, cancellation), cancellation: cancellation)
        var found: [Int: Entry] = [:]
        func look(at message: KafkaMessage) {
            guard let name = message.pointee.keyBytes, let place = keys.firstIndex(where: { name.elementsEqual($0) }),
                let value = message.pointee.value
            else { return }
            found[place + 1] = Self.entry(Array(value))
        }
        while try reader.next(look) != nil {}
        if let entry = found[commit.generation] { return entry }
        if found.isEmpty { return nil }
        throw DatasetError(.alreadyExists, Self.obstacle(toReplacing: datasetID))
    }

    /// Why new messages can not take the place of others, as a sentence with a cure.
    static func obstacle(toReplacing id: String) -> String {
        "output '\(id)': messages that the run has sent can not be taken back, so new ones can not take their place; begin a new"
            + " run where consumers can bear the rows twice"
    }

    /// Whether there is a topic of marks.
    func hasTopic(_ client: KafkaClient) throws -> Bool { try client.topics()[Self.topic] != nil }

    /// All marks that are there now, once no open transaction of another output hides some of them.
    ///
    /// What can be read of a partition ends before the first message of a transaction that is open, marks of ended ones
    /// behind it included.
    private func ranges(_ client: KafkaClient, _ cancellation: CancellationToken) throws -> [KafkaRange] {
        var all = settings
        all.properties.append(KafkaProperty(name: "isolation.level", value: "read_uncommitted"))
        let everything = try KafkaClient.reader(functions, all, of: datasetID)
        let deadline = client.deadline(after: settings.timeout + settings.transactionTimeout)
        return try everything.partitions(of: Self.topic).map { partition in
            let written = try everything.available(Self.topic, partition)
            while try client.available(Self.topic, partition).upperBound < written.upperBound {
                if cancellation.isCancelled {
                    throw client.failure(.cancelled, "waiting for the marks of other outputs was cancelled")
                }
                guard !client.isOver(deadline) else { throw hidden(written, partition, client) }
                client.poll(milliseconds: 50)
            }
            return KafkaRange(partition: partition, offsets: written)
        }
    }

    private func hidden(_ written: Range<Int64>, _ partition: Int32, _ client: KafkaClient) -> DatasetError {
        client.failure(
            .unwritable,
            "whether the commit is stored already can not be told: another transaction in partition \(partition) of topic"
                + " '\(Self.topic)', before offset \(written.upperBound), has been open for"
                + " \(settings.timeout + settings.transactionTimeout) s; end its writer, or repeat the run later"
        )
    }

    /// The mark of the commit.
    func mark(_ entry: Entry) -> KafkaOutgoing {
        let value: JSONValue = [
            "run": .string(commit.runID), "node": .string(commit.node), "output": .string(datasetID),
            "rows": .integer(entry.rows), "bytes": .integer(entry.bytes),
        ]
        return KafkaOutgoing(key: keys[commit.generation - 1], value: Array(value.text().utf8), topic: Self.topic)
    }

    private static func entry(_ bytes: [UInt8]) -> Entry? {
        guard let document = try? JSONValue(parsing: bytes), case .integer(let rows)? = document["rows"],
            case .integer(let size)? = document["bytes"]
        else { return nil }
        return Entry(rows: rows, bytes: size)
    }
}
