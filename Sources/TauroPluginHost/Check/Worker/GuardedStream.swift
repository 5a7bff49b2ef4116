import CTauro
import Glibc
import TauroData

/// A C stream whose batches are guarded.
///
/// For one thread at a time, as every C stream.
final class GuardedStream: @unchecked Sendable {
    private let stream: any RecordBatchStream
    private let table: String
    private unowned let owner: InputGuard
    private unowned let structure: GuardedStructure
    private var lastError: UnsafeMutablePointer<CChar>?

    init(_ stream: any RecordBatchStream, table: String, owner: InputGuard, _ structure: GuardedStructure) {
        self.stream = stream
        self.table = table
        self.owner = owner
        self.structure = structure
    }

    deinit { free(lastError) }

    func export() -> ArrowArrayStream {
        ArrowArrayStream(
            get_schema: { stream, result in
                guard let own = GuardedStream.of(stream), let result else { return EINVAL }
                result.initialize(to: own.stream.schema.export())
                return 0
            },
            get_next: { stream, result in
                guard let own = GuardedStream.of(stream), let result else { return EINVAL }
                return own.next(into: result)
            },
            get_last_error: { stream in GuardedStream.of(stream).flatMap { UnsafePointer($0.lastError) } },
            release: { stream in
                guard let stream, let own = GuardedStream.of(stream) else { return }
                stream.pointee.release = nil
                own.structure.noteRelease()
            },
            private_data: Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func next(into result: UnsafeMutablePointer<ArrowArray>) -> Int32 {
        do {
            let batch = try stream.next()
            result.initialize(to: try batch.map { try owner.export($0, of: table) } ?? ArrowArray())
            return 0
        } catch {
            free(lastError)
            lastError = strdup("\(error)")
            return EIO
        }
    }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> GuardedStream? {
        guard let data = stream?.pointee.private_data else { return nil }
        return Unmanaged<GuardedStream>.fromOpaque(data).takeUnretainedValue()
    }
}
