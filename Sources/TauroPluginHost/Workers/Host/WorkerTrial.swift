import TauroBasics
package import TauroModel

/// Starting a worker process only to see that it works.
package enum WorkerTrial {
    /// How long a worker may take for its first word.
    private static let longest = Duration.seconds(10)

    /// Starts `program` as a worker, waits for its first word, and ends it; no plugin is loaded.
    ///
    /// - Throws: `ResourceError` that says why it does not work.
    package static func run(program: String) throws(ResourceError) {
        let nothing = NodeSignature.Plugin.unread(path: "")
        let worker: Worker
        do throws(SystemError) {
            worker = try Worker(
                Worker.Purpose(plugin: nothing, memoryLimit: nil),
                program: program,
                environment: ProcessEnvironment.variables()
            )
        } catch {
            throw failure(error.description)
        }
        defer { worker.end() }
        let conversation = WorkerConversation(worker) { _ in }
        do {
            switch try conversation.next(until: SystemMonotonicClock().elapsedTime() + longest) {
            case .message(let envelope) where envelope.kind == .hello: try HelloMessage(envelope).check()
            case .message: throw ProtocolError("it spoke of something else than itself")
            case .moment, .woken: throw ProtocolError("it said nothing within \(longest.shown)")
            case .ended:
                conversation.drain()
                throw ProtocolError("it ended at once\(conversation.lastLines.sentence)")
            }
        } catch let error as ResourceError {
            throw error
        } catch {
            throw failure(ProtocolError(error).reason)
        }
    }

    private static func failure(_ reason: String) -> ResourceError {
        ResourceError(operation: "start a worker process", message: reason)
    }
}
