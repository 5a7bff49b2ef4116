import TauroBasics
import TauroModel

/// One commit in an output's manifest: who stored, and what.
struct CommitEntry: Equatable {
    let commit: CommitIdentity
    /// Nil for an artifact.
    let rows: Int64?
    let bytes: Int64
    let files: Int
    /// The files that it added; nil where an earlier version of this program stored, or another commit has replaced them.
    var added: [FileSeal]?
    /// By what the columns of a result are known again that its files give back as it was (`ExactColumns`); nil where they do
    /// not.
    var columns: String?
    /// What an artifact is; nil for rows.
    var mediaType: String?

    init(commit: CommitIdentity, rows: Int64?, bytes: Int64, files: Int) {
        self.commit = commit
        self.rows = rows
        self.bytes = bytes
        self.files = files
    }

    /// Reads an entry; nil where it is none.
    init?(_ json: JSONValue) {
        guard let run = json["run_id"]?.text, let node = json["node"]?.text, let rows = CommitEntry.rows(json["rows"]),
            let bytes = json["bytes"]?.number, let files = json["files"]?.number,
            let generation = json["generation"] == nil ? 1 : json["generation"]?.number
        else { return nil }
        let commit = CommitIdentity(runID: run, node: node, generation: Int(generation))
        self.init(commit: commit, rows: rows, bytes: bytes, files: Int(files))
        if case .array(let seals)? = json["added"] {
            let added = seals.compactMap { FileSeal($0) }
            guard added.count == seals.count else { return nil }
            self.added = added
        }
        columns = json["columns"]?.text
        mediaType = json["media_type"]?.text
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("run_id", .string(commit.runID)), .init("node", .string(commit.node)),
            .init("generation", .integer(Int64(commit.generation))), .init("rows", rows.map { .integer($0) } ?? .null),
            .init("bytes", .integer(bytes)), .init("files", .integer(Int64(files))),
        ]
        if let added { members.append(.init("added", .array(added.map(\.json)))) }
        if let columns { members.append(.init("columns", .string(columns))) }
        if let mediaType { members.append(.init("media_type", .string(mediaType))) }
        return .object(members)
    }

    /// The number of rows, which is null for an artifact; nil where neither is said.
    private static func rows(_ value: JSONValue?) -> Int64?? {
        switch value {
        case .integer(let rows): .some(rows)
        case .null: .some(nil)
        default: nil
        }
    }
}

extension FileSeal {
    /// Reads what `json` says; nil where it is none.
    init?(_ json: JSONValue) {
        guard let path = json["path"]?.text, let size = json["size"]?.number, let digits = json["xxh64"]?.text,
            let digest = UInt64(digits, radix: 16)
        else { return nil }
        self.init(path: path, size: size, digest: digest)
    }

    var json: JSONValue { ["path": .string(path), "size": .integer(size), "xxh64": .string(digits)] }

    /// The digest in hexadecimal digits, since JSON's numbers have a sign.
    var digits: String { String(digest, radix: 16) }
}
