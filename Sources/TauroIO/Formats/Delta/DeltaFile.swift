import TauroBasics
import TauroModel

/// A data file that a commit adds to a Delta table or takes away.
///
/// Source: the Delta Transaction Log Protocol, section "Add File and Remove File". What other writers say of a file is kept
/// as it is.
struct DeltaFile: Equatable {
    /// What makes a file of the table one: its path, and which of its rows are deleted.
    struct Key: Hashable {
        let path: String
        let deletionVector: JSONValue?
    }

    /// The action's members.
    let json: JSONValue
    let key: Key

    init?(_ json: JSONValue) {
        guard let path = json["path"]?.text else { return nil }
        self.json = json
        let vector = json["deletionVector"].flatMap { $0 == .null ? nil : $0 }
        let identity = vector.map { vector -> JSONValue in
            .array(["storageType", "pathOrInlineDv", "offset"].map { vector[$0] ?? .null })
        }
        key = Key(path: path, deletionVector: identity)
    }

    /// Percent-encoded, relative to the table.
    var path: String { key.path }
    /// In bytes.
    var size: Int64 { json["size"]?.number ?? 0 }
    /// The values of the table's partition columns, as the log writes them; nil is NULL, which empty text stands for too
    /// (section "Partition Value Serialization").
    var partitionValues: [String: String?] {
        let values = (json["partitionValues"]?.members ?? []).map { member in
            (member.key, member.value.text.flatMap { $0.isEmpty ? nil : $0 })
        }
        return Dictionary(values) { first, _ in first }
    }
    /// How many rows it has, where its statistics say that and none is deleted.
    var rows: Int64? {
        guard key.deletionVector == nil, let text = json["stats"]?.text else { return nil }
        return (try? JSONValue(parsing: text))?["numRecords"]?.number
    }
    /// Which commit of this program added it, by its name in the log; nil for those of others.
    var owner: String? { json["tags"]?[DeltaCommit.tag]?.text }
    /// Relative to the table, as the file system has it.
    var plainPath: String { PercentEncoding.decode(path) }
    /// By what the file is known again; nil where whoever wrote it did not say it.
    var seal: FileSeal? {
        guard let text = json["tags"]?[DeltaCommit.digestTag]?.text, let digest = UInt64(text, radix: 16) else {
            return nil
        }
        return FileSeal(path: plainPath, size: size, digest: digest)
    }
    /// When it was taken away, in milliseconds since 1970.
    var removed: Int64? { json["deletionTimestamp"]?.number }

    /// The action that takes the file away at a moment, in milliseconds since 1970.
    func removal(at moment: Int64) -> DeltaFile {
        var members: [JSONValue.Member] = [
            .init("path", .string(path)), .init("deletionTimestamp", .integer(moment)), .init("dataChange", true),
            .init("extendedFileMetadata", true),
        ]
        members += json.members.filter { ["partitionValues", "size", "tags", "deletionVector"].contains($0.key) }
        return DeltaFile(key: key, json: .object(members.filter { $0.value != .null }))
    }

    private init(key: Key, json: JSONValue) {
        self.key = key
        self.json = json
    }

    /// A path as the log writes it: relative, percent-encoded (RFC 2396).
    static func encoded(_ path: String) -> String { PercentEncoding.encode(path, plain: "/-._=") }
}
