import Glibc
import Synchronization
import TauroBasics
package import TauroModel

/// A run's journal in a file: one JSON object a line, each with a sum over itself.
///
/// One batch of entries is one write. After an error nothing more is written, because half a line may be there. Safe from
/// any thread, though a run's entries have an order only where one thread at a time appends them.
package final class JournalFile: RunJournal {
    private struct State {
        var text = JournalText()
        var sequence: Int
        var failure: ResourceError?
    }

    private let store: any JournalStore
    private let durability: Durability
    private let state: Mutex<State>

    private init(_ store: any JournalStore, _ durability: Durability, entries: Int) {
        self.store = store
        self.durability = durability
        state = Mutex(State(sequence: entries))
    }

    /// Takes over the journal in a store, and tells what it holds; what is torn at its end is cut off.
    ///
    /// - Throws: `ResourceError` when it can not be read, a line of it was changed, or its end can not be cut.
    package static func open(
        _ store: any JournalStore,
        durability: Durability
    ) throws(ResourceError) -> (journal: JournalFile, content: JournalContent) {
        let content: JournalContent
        do {
            let bytes = try store.read()
            content = try JournalContent(bytes)
            if content.size < bytes.count { try store.truncate(to: content.size) }
            if durability == .power { try store.synchronizeName() }
        } catch let error as JournalDamage {
            throw error.resourceError(path: store.path)
        } catch {
            throw failure(error, opening: store.path)
        }
        return (JournalFile(store, durability, entries: content.lines), content)
    }

    package func append(_ entries: [JournalEntry]) throws(ResourceError) {
        if entries.isEmpty { return }
        try state.withLock { state throws(ResourceError) in
            if let failure = state.failure { throw failure }
            state.text.removeAll()
            for entry in entries {
                state.sequence += 1
                state.text.add(entry, state.sequence)
            }
            do throws(SystemError) {
                try write(state.text.bytes)
            } catch {
                let failure = failure(error)
                state.failure = failure
                throw failure
            }
        }
    }

    private func write(_ bytes: [UInt8]) throws(SystemError) {
        let outcome = bytes.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try writeAll(bytes) }
        }
        try outcome.get()
        if durability == .power { try store.synchronize() }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            do throws(SystemError) {
                let count = try store.append(UnsafeRawBufferPointer(rebasing: rest))
                // Whoever takes nothing and gives no reason has no room.
                if count == 0 { throw SystemError(operation: "write", path: store.path, code: ENOSPC) }
                rest = rest.dropFirst(count)
            } catch {
                if error.code != EINTR { throw error }
            }
        }
    }

    private func failure(_ error: SystemError) -> ResourceError {
        let cure =
            switch error.code {
            case ENOSPC, EDQUOT: "make room on its disk"
            case EIO: "see to its disk"
            default: "see that it can be written"
            }
        return ResourceError(
            operation: "write the journal \(store.path)",
            message: "\(error); the run stops, because nothing that it did from here on would be remembered: \(cure), "
                + "then go on with `--resume`"
        )
    }

    private static func failure(_ error: any Error, opening path: String) -> ResourceError {
        ResourceError(
            operation: "open the journal \(path)",
            message: "\(error); see that it is a file that you may read and write"
        )
    }
}

extension JournalDamage {
    /// The error for people, which names the file.
    package func resourceError(path: String) -> ResourceError {
        ResourceError(
            operation: "read the journal \(path)",
            message:
                "\(path): line \(line) \(reason); put back a copy of the file from before it was changed, or run the "
                + "pipeline anew without `--resume`"
        )
    }
}
