import Glibc
import Synchronization
import TauroBasics
import TauroState

/// A journal's file that is a piece of memory, with calls that fail as it is told.
final class MemoryStore: JournalStore {
    /// What a call of `append` does.
    enum Answer {
        /// Takes all.
        case all
        /// Takes that many bytes.
        case part(Int)
        /// Fails with an error number, after it has taken that many bytes.
        case failure(Int32, after: Int = 0)
    }

    struct State {
        var bytes: [UInt8] = []
        /// What the next calls of `append` do; all others take all.
        var answers: [Answer] = []
        var synchronizeFailure: Int32?
        var appends = 0
        var synchronizations = 0
        var nameSynchronizations = 0
    }

    let path = "/project/.tauro/runs/r1/journal.jsonl"
    private let state: Mutex<State>

    init(_ bytes: [UInt8] = [], answers: [Answer] = [], synchronizeFailure: Int32? = nil) {
        state = Mutex(State(bytes: bytes, answers: answers, synchronizeFailure: synchronizeFailure))
    }

    var now: State { state.withLock { $0 } }

    func read() throws(SystemError) -> [UInt8] { now.bytes }

    func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        let bytes = Array(bytes)
        let outcome = state.withLock { state -> Result<Int, SystemError> in
            state.appends += 1
            switch state.answers.isEmpty ? .all : state.answers.removeFirst() {
            case .all:
                state.bytes += bytes
                return .success(bytes.count)
            case .part(let count):
                state.bytes += bytes.prefix(count)
                return .success(min(count, bytes.count))
            case .failure(let code, let count):
                state.bytes += bytes.prefix(count)
                return .failure(SystemError(operation: "write", path: path, code: code))
            }
        }
        return try outcome.get()
    }

    func truncate(to size: Int) throws(SystemError) {
        state.withLock { $0.bytes.removeSubrange(size...) }
    }

    func synchronize() throws(SystemError) {
        let failure = state.withLock { state in
            state.synchronizations += 1
            return state.synchronizeFailure
        }
        if let failure { throw SystemError(operation: "synchronise", path: path, code: failure) }
    }

    func synchronizeName() throws(SystemError) { state.withLock { $0.nameSynchronizations += 1 } }
}
