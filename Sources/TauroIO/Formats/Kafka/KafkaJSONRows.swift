import CKafka
import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Messages as rows whose columns are the members of their values.
///
/// Members are gathered as texts, and the engine makes their types of them, a batch at a time.
final class KafkaJSONRows: KafkaBatchBuilder {
    private let functions: KafkaFunctions
    private let settings: KafkaSettings
    private let columns: KafkaJSONColumns
    private let id: String
    private let engine: any Engine
    private let positions: [String: Int]
    private let texts: [ColumnBuilder<String>]
    private let keys = ColumnBuilder<[UInt8]>()
    private let timestamps: ColumnBuilder<Int64>
    private var places: [(partition: Int32, offset: Int64)] = []
    private(set) var byteCount = 0

    init(
        _ functions: KafkaFunctions,
        _ settings: KafkaSettings,
        _ columns: KafkaJSONColumns,
        of id: String,
        engine: any Engine
    ) throws {
        self.functions = functions
        self.settings = settings
        self.columns = columns
        self.id = id
        self.engine = engine
        positions = Dictionary(
            columns.columns.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        texts = columns.columns.map { _ in ColumnBuilder() }
        timestamps = try ColumnBuilder(type: .kafkaTimestamp)
    }

    var schema: Schema { columns.schema }
    var count: Int { places.count }

    func append(_ message: KafkaMessage) throws {
        let place = (partition: message.pointee.partition, offset: message.pointee.offset)
        var row = [String?](repeating: nil, count: texts.count)
        if let value = message.pointee.value {
            do {
                row = try self.row(value, place)
            } catch  where settings.forgivesBadMessages {}
        }
        for (text, builder) in zip(row, texts) { builder.append(text) }
        if settings.hasMetadata {
            keys.append(message.pointee.keyBytes.map(Array.init))
            var type: Int32 = 0
            let timestamp = functions.consumer.timestamp(message, &type)
            timestamps.append(type == TAURO_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : timestamp)
        }
        places.append(place)
        byteCount += message.pointee.payload_size + 64
    }

    /// A value's members as texts, in the order of the columns.
    private func row(_ value: UnsafeRawBufferPointer, _ place: (Int32, Int64)) throws -> [String?] {
        guard String(validating: value, as: UTF8.self) != nil else { throw bad("is not UTF-8", place) }
        let object: JSONMembers
        do {
            object = try JSONMembers(Array(value))
        } catch {
            throw bad("is no JSON object (\(error))", place)
        }
        var row = [String?](repeating: nil, count: texts.count)
        for (name, value) in object.members {
            guard let position = positions[name] else {
                if columns.isInferred, value != .null {
                    throw bad(
                        "has the member '\(name)', which none of the first \(KafkaSource.sampleRows) has; declare the"
                            + " columns under 'schema'",
                        place
                    )
                }
                continue
            }
            row[position] = try text(value, columns.columns[position], place)
        }
        return row
    }

    private func text(
        _ value: JSONMembers.Value,
        _ column: KafkaJSONColumns.Column,
        _ place: (Int32, Int64)
    ) throws -> String? {
        if column.isNested { return value.json }
        if column.isInteger, let text = value.text, text.contains(where: { ".eE".contains($0) }) {
            if settings.forgivesBadMessages { return nil }
            throw bad("has '\(text.prefix(40))' in '\(column.name)', which is no whole number", place)
        }
        return value.text
    }

    func finish(cancellation: CancellationToken) throws -> RecordBatch {
        defer { (places, byteCount) = ([], 0) }
        var typed: [ArrowColumn] = []
        if !texts.isEmpty {
            let names = texts.indices.map { "c\($0)" }
            let batch = try RecordBatch(columns: zip(names, texts).map { (name: $0, column: try $1.finish()) })
            let rows = try convert(batch, cancellation)
            typed = rows.schema.fields.indices.map { rows.column(at: $0) }
        }
        if settings.hasMetadata {
            typed += [
                try keys.finish(), try ArrowColumn(places.map { Optional($0.partition) }),
                try ArrowColumn(places.map { Optional($0.offset) }), try timestamps.finish(),
            ]
        }
        return try RecordBatch(schema: schema, columns: typed)
    }

    /// The texts as what they are declared as.
    private func convert(_ batch: RecordBatch, _ cancellation: CancellationToken) throws -> RecordBatch {
        do {
            return try run(batch, cancellation)
        } catch let error as SQLError where ![.cancelled, .missingEngine, .outOfMemory].contains(error.code) {
            let (row, reason) = try firstBad(batch, 0..<batch.rowCount, error, cancellation)
            throw bad("does not fit the columns: \(reason.message)", places[row])
        }
    }

    /// The first row that can not be converted, found by halves.
    private func firstBad(
        _ batch: RecordBatch,
        _ rows: Range<Int>,
        _ error: SQLError,
        _ cancellation: CancellationToken
    ) throws -> (row: Int, reason: SQLError) {
        guard rows.count > 1 else { return (rows.lowerBound, error) }
        let middle = (rows.lowerBound + rows.upperBound) / 2
        do {
            _ = try run(batch.slice(rows.lowerBound..<middle), cancellation)
            return try firstBad(batch, middle..<rows.upperBound, error, cancellation)
        } catch let first as SQLError where first.code != .cancelled {
            return try firstBad(batch, rows.lowerBound..<middle, first, cancellation)
        }
    }

    private func run(_ batch: RecordBatch, _ cancellation: CancellationToken) throws -> RecordBatch {
        let cast = settings.forgivesBadMessages ? "TRY_CAST" : "CAST"
        let list = columns.columns.enumerated().map { index, column in
            let text = column.isNested ? "CAST(c\(index) AS JSON)" : "c\(index)"
            let value = column.isBinary ? "from_base64(\(text))" : "\(cast)(\(text) AS \(column.type))"
            return "\(value) AS \(column.name.inSQL)"
        }
        let statement = SQLStatement(
            text: "SELECT \(list.joined(separator: ", ")) FROM messages",
            dialect: "duckdb",
            tables: [("messages", Frame(schema: batch.schema, batches: [batch]))]
        )
        let stream = try engine.run(statement, cancellation: cancellation).stream()
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        return try RecordBatch.concatenating(batches, schema: stream.schema).first
            ?? RecordBatch(emptyWith: stream.schema)
    }

    private func bad(_ text: String, _ place: (partition: Int32, offset: Int64)) -> DatasetError {
        DatasetError(
            .unreadable,
            "Dataset '\(id)': the message in topic '\(settings.topic)', partition \(place.partition), offset"
                + " \(place.offset) \(text); bad_messages: null would read what does not fit as NULL"
        )
    }
}
