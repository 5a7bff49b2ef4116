import TauroData
import TauroModel

/// A message that is to be sent.
struct KafkaOutgoing {
    var key: [UInt8]?
    /// Nil is a tombstone.
    var value: [UInt8]?
    var headers: [(name: String, value: [UInt8]?)] = []
    /// Nil for the partition that the key gives.
    var partition: Int32?
    /// Nil for the dataset's.
    var topic: String?
}

/// Makes messages of the rows of one batch.
protocol KafkaRowEncoder {
    /// The message of a row.
    ///
    /// - Throws: `DatasetError` where the row can not be one.
    func message(_ row: Int) throws -> KafkaOutgoing
}

/// Rows with the columns of Spark's sink of Kafka.
struct KafkaRawEncoder: KafkaRowEncoder {
    private static let taken = ["key", "value", "headers", "partition", "topic"]
    /// What the source gives and a sink has no use for.
    private static let ignored = ["offset", "timestamp", "timestamp_type"]

    private let keys: Column<[UInt8]>?
    private let values: Column<[UInt8]>
    private let partitions: [Int32?]?
    private let topics: Column<String>?
    private let headers: ArrowColumn?
    private let headerNames: Column<String>?
    private let headerValues: Column<[UInt8]>?

    /// Looks at the columns.
    ///
    /// - Throws: `DatasetError` that says which column is missing, unknown or of a wrong type.
    init(_ batch: RecordBatch, _ settings: KafkaSettings, of id: String) throws {
        try Self.check(batch.schema, settings, of: id)
        func bytes(_ name: String) throws -> Column<[UInt8]>? {
            guard batch.schema.fields.contains(where: { $0.name == name }) else { return nil }
            return try batch.column(name, as: [UInt8].self)
        }
        do {
            keys = try bytes("key")
            values = try batch.column("value", as: [UInt8].self)
            let names = batch.schema.fields.map(\.name)
            partitions = names.contains("partition") ? try Self.partitions(batch.column("partition")) : nil
            topics = settings.topic.isEmpty ? try batch.column("topic", as: String.self) : nil
            headers = names.contains("headers") ? try batch.column("headers") : nil
            let items = headers?.child(0)
            headerNames = try items.map { try $0.child(0).values(as: String.self, name: "headers.key") }
            headerValues = try items.map { try $0.child(1).values(as: [UInt8].self, name: "headers.value") }
        } catch let error as ArrowError {
            throw DatasetError(.unsupported, "output '\(id)': \(error.message)")
        }
    }

    private static func check(_ schema: Schema, _ settings: KafkaSettings, of id: String) throws {
        let names = schema.fields.map(\.name)
        func refuse(_ text: String) -> DatasetError { DatasetError(.unsupported, "output '\(id)': \(text)") }
        guard names.contains("value") else {
            throw refuse(
                "rows have the columns \(names.joined(separator: ", ")); with value_format: raw they need 'value', and may"
                    + " have 'key', 'headers' and 'partition'; value_format: json makes an object of all columns"
            )
        }
        if let other = names.first(where: { !(taken + ignored).contains($0) }) {
            throw refuse(
                "with value_format: raw the column '\(other)' would be lost; messages have \(taken.joined(separator: ", "))"
            )
        }
        if settings.topic.isEmpty, !names.contains("topic") {
            throw refuse("neither the option 'topic' nor a column 'topic' says where rows go")
        }
        guard let field = schema.fields.first(where: { $0.name == "headers" }) else { return }
        guard case .list(let item) = field.type, case .structure(let members) = item.type, members.count == 2,
            members[0].type == .utf8
        else {
            throw refuse("the column 'headers' is \(field.type), and a list of structures of key and value is needed")
        }
    }

    private static func partitions(_ column: ArrowColumn) throws -> [Int32?] {
        if column.type == .int64 {
            return try column.values(as: Int64.self, name: "partition").map { $0.map { Int32(clamping: $0) } }
        }
        return try column.values(as: Int32.self, name: "partition").map { $0 }
    }

    func message(_ row: Int) -> KafkaOutgoing {
        var message = KafkaOutgoing(
            key: keys?[row],
            value: values[row],
            partition: partitions?[row],
            topic: topics?[row]
        )
        if let headers, let headerNames, let headerValues, !headers.isNull(row) {
            message.headers = headers.listRange(row).map { (headerNames[$0] ?? "", headerValues[$0]) }
        }
        return message
    }
}

/// Rows as JSON objects.
struct KafkaJSONEncoder: KafkaRowEncoder {
    private let writers: [(prefix: [UInt8], writer: JSONColumnWriter)]
    private let key: JSONColumnWriter?

    /// Looks at the columns.
    ///
    /// - Throws: `DatasetError` for a key that is no column, or a type that JSON has no form for.
    init(_ batch: RecordBatch, _ settings: KafkaSettings, of id: String) throws {
        do {
            writers = try batch.schema.fields.enumerated().map { index, field in
                var prefix = [index == 0 ? UInt8(ascii: "{") : UInt8(ascii: ",")]
                JSONColumnWriter.append(string: field.name, to: &prefix)
                prefix.append(UInt8(ascii: ":"))
                return (prefix, try JSONColumnWriter(batch.column(at: index), name: field.name))
            }
            key = try settings.keyColumn.map { try JSONColumnWriter(batch.column($0), name: $0) }
        } catch let error as ArrowError {
            let place = error.code == .unknownColumn ? "'key_column': " : ""
            throw DatasetError(.unsupported, "output '\(id)': \(place)\(error.message)")
        }
    }

    func message(_ row: Int) -> KafkaOutgoing {
        var value: [UInt8] = []
        for (prefix, writer) in writers {
            value += prefix
            writer.write(row, &value)
        }
        value += writers.isEmpty ? Array("{}".utf8) : [UInt8(ascii: "}")]
        return KafkaOutgoing(key: key?.plain(row), value: value)
    }
}
