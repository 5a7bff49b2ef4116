public import CTauro
import Glibc

extension RecordBatchStream {
    /// This stream as a C stream, which the caller owns and which keeps this one alive until its `release`.
    ///
    /// What `next` throws arrives as the status EIO with the error's text.
    public func export() -> ArrowArrayStream {
        ArrowArrayStream(
            get_schema: exportedSchema,
            get_next: exportedNext,
            get_last_error: exportedLastError,
            release: releaseExportedStream,
            private_data: ExportedObjects.keep(ExportedStream(self))
        )
    }
}

/// What a C stream points to: the stream, and the text of its last failure.
private final class ExportedStream {
    let stream: any RecordBatchStream
    /// Valid until the next failure, as the C interface asks.
    private(set) var lastError: UnsafeMutablePointer<CChar>?

    init(_ stream: any RecordBatchStream) { self.stream = stream }

    deinit { free(lastError) }

    func fail(_ error: any Error) -> Int32 {
        free(lastError)
        lastError = strdup("\(error)")
        return EIO
    }

    static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ExportedStream? {
        guard let stream, stream.pointee.release != nil, let data = stream.pointee.private_data else { return nil }
        return ExportedObjects.object(at: data) as? ExportedStream
    }
}

private func exportedSchema(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
    _ result: UnsafeMutablePointer<ArrowSchema>?
) -> Int32 {
    guard let exported = ExportedStream.of(stream), let result else { return EINVAL }
    result.initialize(to: exported.stream.schema.export())
    return 0
}

private func exportedNext(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
    _ result: UnsafeMutablePointer<ArrowArray>?
) -> Int32 {
    guard let exported = ExportedStream.of(stream), let result else { return EINVAL }
    do {
        result.initialize(to: try exported.stream.next()?.export() ?? ArrowArray())
        return 0
    } catch {
        return exported.fail(error)
    }
}

private func exportedLastError(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> UnsafePointer<CChar>? {
    UnsafePointer(ExportedStream.of(stream)?.lastError)
}

private func releaseExportedStream(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) {
    guard let stream, stream.pointee.release != nil, let data = stream.pointee.private_data else { return }
    stream.pointee.release = nil
    stream.pointee.private_data = nil
    ExportedObjects.release(data)
}
