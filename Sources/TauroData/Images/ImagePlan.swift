import CTauro

/// The directory of an image and the buffers that belong to it, in order.
struct ImagePlan {
    private(set) var directory: [Int64] = []
    private(set) var buffers: [ImageBuffer] = []
    /// What the buffers take, each rounded up to a multiple of 64.
    private(set) var buffersSize = 0
    private var batchCount = 0
    private var rowCount = 0

    /// Appends a batch.
    mutating func add(_ batch: RecordBatch, schema: Schema) throws(ArrowError) {
        guard batch.schema.fields.map(\.type) == schema.fields.map(\.type) else {
            throw ArrowError(.typeMismatch, "batch \(batchCount) is (\(batch.schema)), but the table is (\(schema))")
        }
        guard batch.rowCount <= ImageFormat.largest - rowCount else {
            throw ArrowError(.tooLarge, "batch \(batchCount) has \(batch.rowCount) rows, more than an image can count")
        }
        rowCount += batch.rowCount
        directory.append(Int64(batch.rowCount))
        for (index, field) in schema.fields.enumerated() {
            let column = batch.column(at: index)
            let piece = ArrayPiece(array: column.array, first: column.start, count: column.count)
            do throws(ArrayProblem) {
                try add(piece, field.type)
            } catch {
                throw error.inside(field.name).error(batch: batchCount)
            }
            // A column may have been made for this call only, where the batch has none.
            extendLifetime(column)
        }
        batchCount += 1
    }

    private mutating func add(_ piece: ArrayPiece, _ type: ArrowType) throws(ArrayProblem) {
        guard piece.position <= ImageFormat.largest - piece.count else {
            throw ArrayProblem(type, "\(piece.count) values from \(piece.position) on", code: .tooLarge)
        }
        let source = PlannedArray(piece: piece, type: type)
        let nullCount = source.nullCount
        let offset = type.layout == .runEnds ? piece.position : 0
        let own = try source.buffers(nullCount: nullCount)
        directory += [Int64(piece.count), Int64(offset), Int64(nullCount), Int64(own.count)]
        for buffer in own { try add(buffer, type) }
        for (field, child) in zip(type.childFields, try source.children()) {
            do throws(ArrayProblem) {
                try add(child, field.type)
            } catch {
                throw error.inside(field.name)
            }
        }
        guard case .dictionary(_, let values, _) = type else { return }
        do throws(ArrayProblem) {
            try add(try source.dictionary(), values)
        } catch {
            throw error.inside("dictionary")
        }
    }

    private mutating func add(_ buffer: ImageBuffer?, _ type: ArrowType) throws(ArrayProblem) {
        guard let buffer else { return directory.append(ImageFormat.missing) }
        let size = buffer.byteCount
        guard size <= ImageFormat.largest - buffersSize else {
            throw ArrayProblem(type, "its buffers claim more memory than there is", code: .tooLarge)
        }
        directory.append(Int64(size))
        buffers.append(buffer)
        buffersSize += ImageFormat.aligned(size)
    }
}
