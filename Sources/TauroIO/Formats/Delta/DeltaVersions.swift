import TauroBasics

/// What a program must know to read and to write a Delta table.
///
/// Source: the Delta Transaction Log Protocol, sections "Protocol Evolution" and "Table Features".
struct DeltaVersions: Equatable {
    var reader: Int64
    var writer: Int64
    /// Nil before reader version 3.
    var readerFeatures: [String]?
    /// Nil before writer version 7.
    var writerFeatures: [String]?

    /// What every program reads and writes.
    static let plain = DeltaVersions(reader: 1, writer: 2)
    /// The feature of timestamps without a zone.
    static let zonelessTimestamps = "timestampNtz"

    /// What each writer version brought, before features had names in the table.
    private static let legacyFeatures: [(writer: Int64, names: [String])] = [
        (2, ["appendOnly", "invariants"]), (3, ["checkConstraints"]), (4, ["changeDataFeed", "generatedColumns"]),
        (5, ["columnMapping"]), (6, ["identityColumns"]),
    ]
    /// Features that may be named as long as the table does not use them.
    private static let idleFeatures: Set<String> = Set(legacyFeatures.flatMap(\.names))
    private static let namingReader: Int64 = 3
    private static let namingWriter: Int64 = 7

    init(reader: Int64, writer: Int64, readerFeatures: [String]? = nil, writerFeatures: [String]? = nil) {
        self.reader = reader
        self.writer = writer
        self.readerFeatures = readerFeatures
        self.writerFeatures = writerFeatures
    }

    init?(_ json: JSONValue) {
        guard let reader = json["minReaderVersion"]?.number, let writer = json["minWriterVersion"]?.number else {
            return nil
        }
        self.init(
            reader: reader,
            writer: writer,
            readerFeatures: json["readerFeatures"]?.texts,
            writerFeatures: json["writerFeatures"]?.texts
        )
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("minReaderVersion", .integer(reader)), .init("minWriterVersion", .integer(writer)),
        ]
        if let readerFeatures { members.append(.init("readerFeatures", .array(readerFeatures.map { .string($0) }))) }
        if let writerFeatures { members.append(.init("writerFeatures", .array(writerFeatures.map { .string($0) }))) }
        return .object(members)
    }

    /// The same with timestamps without a zone, which take the versions that name features.
    var allowingZonelessTimestamps: DeltaVersions {
        let name = DeltaVersions.zonelessTimestamps
        let legacy = DeltaVersions.legacyFeatures.filter { $0.writer <= writer }.flatMap(\.names)
        var (reading, writing) = (readerFeatures ?? (reader == 2 ? ["columnMapping"] : []), writerFeatures ?? legacy)
        if !reading.contains(name) { reading.append(name) }
        if !writing.contains(name) { writing.append(name) }
        return DeltaVersions(
            reader: DeltaVersions.namingReader,
            writer: DeltaVersions.namingWriter,
            readerFeatures: reading,
            writerFeatures: writing
        )
    }

    /// What a table asks of its writers that this program does not do, in words that follow "it"; nil where nothing is.
    func obstacle(_ metadata: DeltaMetadata) -> String? {
        if reader > DeltaVersions.namingReader || writer > DeltaVersions.namingWriter {
            return "needs reader version \(reader) and writer version \(writer) of the protocol"
        }
        let known = DeltaVersions.idleFeatures.union([DeltaVersions.zonelessTimestamps])
        let unknown = Set((readerFeatures ?? []) + (writerFeatures ?? [])).subtracting(known).sorted()
        if !unknown.isEmpty { return "has the feature \(unknown.joined(separator: ", "))" }
        return metadata.usedFeature.map { "uses \($0)" }
    }
}
