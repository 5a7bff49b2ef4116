import Glibc
import Synchronization
import TauroBasics
import TauroModel

/// One exchange with a worker: waits for its messages, its output, its end, and for time to pass.
///
/// Used by one thread.
final class WorkerConversation {
    /// What a wait ended with.
    enum Event {
        case message(Envelope)
        /// The moment that was waited for has come.
        case moment
        /// Somebody called `wake`.
        case woken
        /// The process has ended, or will say nothing more.
        case ended
    }

    private let worker: Worker
    private let report: (NodeReport) -> Void
    private let clock = SystemMonotonicClock()
    private var outputLines = LineCollector()
    private var errorLines = LineCollector()
    private(set) var lastLines = LastLines()
    private var descriptors: [pollfd]
    /// How many threads of this process wait for workers.
    private static let waiting = Atomic(0)
    private static let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))

    init(_ worker: Worker, report: @escaping (NodeReport) -> Void) {
        self.worker = worker
        self.report = report
        let watched = [
            worker.socket.descriptor, worker.process.endDescriptor, worker.output.descriptor,
            worker.errors.descriptor, worker.wakeup.descriptor,
        ]
        descriptors = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    /// Waits for the next event, at most until `moment` on the monotonic clock.
    ///
    /// - Throws: `ProtocolError`, after which the worker is not to be used any more.
    func next(until moment: Duration?) throws(ProtocolError) -> Event {
        while true {
            guard try wait(until: moment) else { return .moment }
            if isReady(2) { drainOutput() }
            if isReady(3) { drainErrors() }
            if isReady(0), let event = try receive() { return event }
            if isReady(4) {
                _ = worker.wakeup.read()
                return .woken
            }
            // Last, because what the worker sent before its end still counts.
            if isReady(1) { return .ended }
        }
    }

    /// Takes what the plugin has written until now, after its end.
    func drain() {
        drainOutput()
        drainErrors()
        finishLines()
    }

    /// Tells lines that have no end yet.
    ///
    /// After a message, everything that the plugin wrote before it sent that one was read: `next` looks at its output
    /// after it has seen that a message is there, and takes the output first.
    func finishLines() {
        outputLines.finish { tell($0, "stdout") }
        errorLines.finish { tell($0, "stderr") }
    }

    /// Whether something was ready before `moment`.
    private func wait(until moment: Duration?) throws(ProtocolError) -> Bool {
        let waiting = Self.waiting.add(1, ordering: .relaxed).newValue
        defer { Self.waiting.subtract(1, ordering: .relaxed) }
        while true {
            if let moment, clock.elapsedTime() >= moment { return false }
            // Only where there is a processor for the worker beside.
            if 2 * waiting <= Self.processors, lookOut() { return true }
            let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds(until: moment))
            if count > 0 { return true }
            if count < 0, errno != EINTR {
                throw ProtocolError("the host can not wait for it: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// Looks a few times; what is over in microseconds is heard of without sleeping.
    private func lookOut() -> Bool {
        for _ in 0..<MessageSocket.looks {
            if poll(&descriptors, nfds_t(descriptors.count), 0) > 0 { return true }
            sched_yield()
        }
        return false
    }

    private func milliseconds(until moment: Duration?) -> Int32 {
        guard let moment else { return -1 }
        let left = moment - clock.elapsedTime()
        if left <= .zero { return 0 }
        let (seconds, attoseconds) = left.components
        // Rounded up, so that the moment has come when the wait is over.
        let wait = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: wait)
    }

    private func isReady(_ index: Int) -> Bool { descriptors[index].revents != 0 }

    private func receive() throws(ProtocolError) -> Event? {
        do {
            switch try worker.socket.receive(into: worker.buffer, wait: false) {
            case .nothing: return nil
            case .end: return .ended
            case .message(let count, let received):
                let bytes = UnsafeRawBufferPointer(rebasing: worker.buffer[..<count])
                return .message(try Envelope(bytes, descriptors: received))
            }
        } catch {
            throw ProtocolError(error)
        }
    }

    private func drainOutput() {
        if !read(worker.output, { outputLines.append($0) { tell($0, "stdout") } }) { stopWatching(2) }
    }

    private func drainErrors() {
        if !read(worker.errors, { errorLines.append($0) { tell($0, "stderr") } }) { stopWatching(3) }
    }

    /// Reads what is there, but not for ever; false when no more will come.
    private func read(_ pipe: ReadingPipe, _ body: ([UInt8]) -> Void) -> Bool {
        for _ in 0..<16 {
            guard let bytes = pipe.read() else { return false }
            if bytes.isEmpty { break }
            body(bytes)
        }
        return true
    }

    private func stopWatching(_ index: Int) { descriptors[index].fd = -1 }

    private func tell(_ line: String, _ source: String) {
        lastLines.append(line)
        report(.log(level: .info, text: "\(source): \(line)"))
    }
}
