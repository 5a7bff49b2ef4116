import CTauro

extension RecordBatch {
    /// Gathers many small batches into as few large ones as 32-bit offsets allow; the rows keep their order.
    ///
    /// Copies every value once. A single batch comes back as it is.
    ///
    /// - Throws: `ArrowError` with the code `.unsupported` for several batches with views, dictionaries, unions or
    ///   run-end encoding, which an engine turns into plain types first.
    public static func concatenating(
        _ batches: [RecordBatch],
        schema: Schema
    ) throws(ArrowError) -> [RecordBatch] {
        let filled = batches.filter { $0.rowCount > 0 }
        if filled.count < 2 { return filled }
        for field in schema.fields where !field.type.isGatherable {
            throw ArrowError(.unsupported, "column '\(field.name)' of type \(field.type) can not be gathered")
        }
        return groups(of: filled, schema: schema).map { group in
            group.count == 1 ? group[0] : gather(group, schema: schema)
        }
    }

    private static func gather(_ batches: [RecordBatch], schema: Schema) -> RecordBatch {
        let columns = schema.fields.indices.map { index in
            let columns = batches.map { $0.column(at: index) }
            let pieces = columns.map { ArrayPiece(array: $0.array, first: $0.start, count: $0.count) }
            return OwnedNode(gathering: pieces, type: schema.fields[index].type).column(of: schema.fields[index].type)
        }
        return RecordBatch(schema: schema, columns: columns, rowCount: batches.reduce(0) { $0 + $1.rowCount })
    }

    /// Cuts the list so that no 32-bit offset of a group passes its range.
    private static func groups(of batches: [RecordBatch], schema: Schema) -> [[RecordBatch]] {
        guard schema.fields.contains(where: { $0.type.hasOffsets }) else { return [batches] }
        var groups: [[RecordBatch]] = []
        var sums: [Int] = []
        for batch in batches {
            let extents = batch.extents
            if sums.isEmpty || zip(sums, extents).contains(where: { $0 + $1 > Int(Int32.max) }) {
                groups.append([batch])
                sums = extents
            } else {
                groups[groups.count - 1].append(batch)
                sums = zip(sums, extents).map { $0 + $1 }
            }
        }
        return groups
    }

    /// For every 32-bit offset buffer, in one fixed order, how far it reaches: bytes of text, items of lists.
    private var extents: [Int] {
        var extents: [Int] = []
        for index in schema.fields.indices {
            let column = column(at: index)
            ArrayPiece(array: column.array, first: column.start, count: column.count)
                .addExtents(column.type, to: &extents)
        }
        return extents
    }
}

extension ArrowType {
    /// Whether several batches with such columns can be gathered into one.
    package var isGatherable: Bool {
        switch self {
        case .utf8View, .binaryView, .listView, .largeListView, .union, .dictionary, .runEndEncoded: false
        default: childFields.allSatisfy { $0.type.isGatherable }
        }
    }

    fileprivate var hasOffsets: Bool {
        [.variable32, .list32].contains(layout) || childFields.contains { $0.type.hasOffsets }
    }
}
