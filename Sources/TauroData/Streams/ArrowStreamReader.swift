public import CTauro
import Glibc

/// Reads a C stream, which it owns and releases once: after the last batch, after a failure, or with itself.
public final class ArrowStreamReader: RecordBatchStream {
    /// The columns' names and types.
    public let schema: Schema
    private let stream: UnsafeMutablePointer<ArrowArrayStream>

    /// Takes over a C stream; `source.release` is NULL afterwards, also when this throws.
    ///
    /// - Throws: `ArrowError`: `.stream` with the producer's text, or `.malformed`.
    public init(taking source: inout ArrowArrayStream) throws(ArrowError) {
        guard source.release != nil else { throw ArrowError(.malformed, "the Arrow stream was released already") }
        stream = .allocate(capacity: 1)
        stream.initialize(to: source)
        source.release = nil
        do {
            schema = try ArrowStreamReader.readSchema(stream)
        } catch {
            ArrowStreamReader.release(stream)
            stream.deallocate()
            throw error
        }
    }

    /// Takes over the C stream at `pointer`; see `init(taking:)`.
    public convenience init(taking pointer: UnsafeMutablePointer<ArrowArrayStream>) throws(ArrowError) {
        try self.init(taking: &pointer.pointee)
    }

    deinit {
        ArrowStreamReader.release(stream)
        stream.deallocate()
    }

    /// The next batch, or nil after the last one.
    ///
    /// - Throws: `ArrowError`: `.stream` with the producer's text, or `.malformed`. The stream then has ended.
    public func next() throws(ArrowError) -> RecordBatch? {
        guard stream.pointee.release != nil else { return nil }
        var array = ArrowArray()
        let status = stream.pointee.get_next?(stream, &array) ?? EINVAL
        guard status == 0 else {
            let error = ArrowStreamReader.failure(stream, status)
            ArrowStreamReader.release(stream)
            throw error
        }
        guard array.release != nil else {
            ArrowStreamReader.release(stream)
            return nil
        }
        do {
            return try RecordBatch(importing: &array, schema: schema)
        } catch {
            array.release?(&array)
            ArrowStreamReader.release(stream)
            throw error
        }
    }

    private static func readSchema(_ stream: UnsafeMutablePointer<ArrowArrayStream>) throws(ArrowError) -> Schema {
        var schema = ArrowSchema()
        let status = stream.pointee.get_schema?(stream, &schema) ?? EINVAL
        guard status == 0 else { throw failure(stream, status) }
        defer { schema.release?(&schema) }
        return try Schema(importing: &schema)
    }

    private static func failure(_ stream: UnsafeMutablePointer<ArrowArrayStream>, _ status: Int32) -> ArrowError {
        let text = stream.pointee.get_last_error?(stream).map { String(cString: $0) } ?? ""
        return ArrowError(.stream, text.isEmpty ? "the stream failed: \(String(cString: strerror(status)))" : text)
    }

    private static func release(_ stream: UnsafeMutablePointer<ArrowArrayStream>) {
        guard let release = stream.pointee.release else { return }
        release(stream)
        if stream.pointee.release != nil { ForeignReleases.noteForgotten() }
        stream.pointee.release = nil
    }
}
