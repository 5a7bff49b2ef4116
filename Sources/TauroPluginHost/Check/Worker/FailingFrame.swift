import Synchronization
import TauroData
import TauroModel

/// A frame that can be read to its first batch only.
final class FailingFrame: FrameSource {
    /// What reading it ends with.
    static let words = "the stored rows can not be read any further"

    private let frame: Frame
    private let hasFailed = Atomic<Bool>(false)

    init(_ frame: Frame) { self.frame = frame }

    static func make(_ frame: Frame) -> Frame { Frame(source: FailingFrame(frame)) }

    /// Whether somebody met the failure.
    var wasMet: Bool { hasFailed.load(ordering: .relaxed) }

    var rowCount: Int64? { nil }

    func schema() throws -> Schema { try frame.schema() }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        FailingStream(try frame.stream(cancellation: cancellation)) { [self] in
            hasFailed.store(true, ordering: .relaxed)
        }
    }
}

private final class FailingStream: RecordBatchStream {
    let schema: Schema
    private let stream: any RecordBatchStream
    private let met: () -> Void
    private var isFirst = true

    init(_ stream: any RecordBatchStream, met: @escaping () -> Void) {
        schema = stream.schema
        self.stream = stream
        self.met = met
    }

    func next() throws -> RecordBatch? {
        if isFirst, let batch = try stream.next() {
            isFirst = false
            return batch
        }
        met()
        throw HostFailure(.io, FailingFrame.words)
    }
}
