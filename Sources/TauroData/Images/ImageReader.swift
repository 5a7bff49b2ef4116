/// Reads the directory of an image: array by array, each checked in full before the next.
struct ImageReader {
    private let directory: UnsafeRawBufferPointer
    private let buffers: UnsafeRawBufferPointer
    private var position = 0
    /// Where the next buffer begins.
    private var nextBuffer = 0
    private var rowCount = 0

    init(directory: UnsafeRawBufferPointer, buffers: UnsafeRawBufferPointer) {
        self.directory = directory
        self.buffers = buffers
    }

    /// The columns of the next batch, which is number `batch`.
    mutating func nodes(_ schema: Schema, batch: Int) throws(ArrowError) -> (count: Int, columns: [ArrayNode]) {
        guard let rows = number(), rows >= 0, rows <= ImageFormat.largest - rowCount else {
            throw ArrowError(.malformed, "batch \(batch) of a frame image has no number of rows that can be")
        }
        rowCount += Int(rows)
        var columns: [ArrayNode] = []
        for field in schema.fields {
            do throws(ArrayProblem) {
                let node = try node(field.type)
                guard node.length == Int(rows) else {
                    throw ArrayProblem(field.type, "\(node.length) values in a batch of \(rows) rows")
                }
                columns.append(node)
            } catch {
                throw error.inside(field.name).error(batch: batch)
            }
        }
        return (Int(rows), columns)
    }

    /// - Throws: `ArrowError` if something is left.
    func finish() throws(ArrowError) {
        guard position == directory.count, nextBuffer == buffers.count else {
            throw ArrowError(
                .malformed,
                "a frame image with \(directory.count - position) bytes of directory and "
                    + "\(buffers.count - nextBuffer) bytes of buffers too many"
            )
        }
    }

    private mutating func node(_ type: ArrowType) throws(ArrayProblem) -> ArrayNode {
        var array = try counts(type)
        for _ in 0..<array.bufferCount { array.buffers.append(try buffer(type)) }
        for field in type.childFields {
            do throws(ArrayProblem) {
                array.children.append(try node(field.type))
            } catch {
                throw error.inside(field.name)
            }
        }
        if case .dictionary(_, let values, _) = type {
            do throws(ArrayProblem) {
                array.dictionary = [try node(values)]
            } catch {
                throw error.inside("dictionary")
            }
        }
        try array.check()
        return array.node
    }

    private mutating func counts(_ type: ArrowType) throws(ArrayProblem) -> ImageArray {
        guard let length = number(), let offset = number(), let nulls = number(), let buffers = number() else {
            throw ArrayProblem(type, "the image's directory ends before it")
        }
        let largest = Int64(ImageFormat.largest)
        guard (0...largest).contains(length), (0...largest).contains(offset), offset <= largest - length else {
            throw ArrayProblem(type, "length \(length) and offset \(offset)")
        }
        guard offset == 0 || type.layout == .runEnds else {
            throw ArrayProblem(type, "offset \(offset) where images have 0")
        }
        guard (0...length).contains(nulls) else { throw ArrayProblem(type, "\(nulls) nulls among \(length) values") }
        let array = ImageArray(type: type, length: Int(length), offset: Int(offset), nullCount: Int(nulls))
        let counts = type.layout.bufferCounts
        guard counts.contains(buffers) else {
            throw ArrayProblem(type, "\(buffers) buffers where its type has \(counts.lowerBound)")
        }
        guard buffers <= (directory.count - position) / 8 else {
            throw ArrayProblem(type, "\(buffers) buffers, but the image's directory ends before them")
        }
        return array.with(bufferCount: Int(buffers))
    }

    /// The next buffer, without an address if it is missing.
    private mutating func buffer(_ type: ArrowType) throws(ArrayProblem) -> UnsafeRawBufferPointer {
        guard let size = number() else { throw ArrayProblem(type, "the image's directory ends before it") }
        if size == ImageFormat.missing { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let left = buffers.count - nextBuffer
        guard size >= 0, size <= left else {
            throw ArrayProblem(type, "a buffer of \(size) bytes where the image has \(left) left")
        }
        defer { nextBuffer += ImageFormat.aligned(Int(size)) }
        // An empty buffer behind the last byte still has an address, unlike a missing one.
        return UnsafeRawBufferPointer(start: buffers.baseAddress.map { $0 + nextBuffer }, count: Int(size))
    }

    private mutating func number() -> Int64? {
        guard position < directory.count else { return nil }
        defer { position += 8 }
        return directory.loadUnaligned(fromByteOffset: position, as: Int64.self)
    }
}
