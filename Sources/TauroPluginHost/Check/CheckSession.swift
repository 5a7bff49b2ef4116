import TauroBasics
import TauroModel

/// One worker process that makes checks of a plugin, one after another, until one of them is its end.
///
/// For one thread at a time.
final class CheckSession {
    /// What a check ended with.
    struct Answer {
        var observations: [Observation]
        var facts: [String] = []
        /// What the plugin printed.
        var output: [String] = []
        /// Whether the worker can make another check.
        var isAlive = true
        /// Whether its time was over.
        var isLate = false
    }

    /// What is known of a check that goes on.
    private struct Progress {
        var words: String?
        var fault: (MemoryFault, place: String)?
    }

    private let worker: Worker
    private let services: CallServices

    /// Starts the process.
    init(program: String, plugin: NodeSignature.Plugin, _ services: CallServices) throws(SystemError) {
        // No function of a plugin runs in this process, so nobody changes the variables.
        worker = try Worker(
            Worker.Purpose(plugin: plugin, memoryLimit: nil),
            program: program,
            environment: ProcessEnvironment.variables()
        )
        self.services = services
    }

    deinit { worker.end() }

    /// Makes one check, and waits at most `timeout` for the end of each of its cases.
    func run(_ message: CheckMessage, timeout: Duration) -> Answer {
        let printed = PrintedLines()
        let exchange = WorkerExchange(worker, services, timeout: timeout, grace: .zero) { report in
            if case .log(_, let text) = report { printed.add(text) }
        }
        var progress = Progress()
        do {
            let end = try exchange.run(message.envelope) { envelope in try Self.receive(envelope, &progress) }
            switch end {
            case .answered(let found):
                return Answer(observations: found.observations, facts: found.facts, output: printed.lines)
            case .lost(let words):
                let deed =
                    exchange.lifecycle.stopReason == nil
                    ? words : "did not end within \(timeout.shown), and its worker process was killed"
                return lost(message, deed, progress, printed.lines, isLate: exchange.lifecycle.stopReason != nil)
            }
        } catch {
            return lost(message, "could not be checked: \(HostFailure(error).text)", progress, [], isLate: false)
        }
    }

    private static func receive(
        _ envelope: Envelope,
        _ progress: inout Progress
    ) throws -> WorkerExchange.Reception<FindingsMessage> {
        if envelope.kind == .findings { return .answer(try FindingsMessage(envelope)) }
        if envelope.kind == .hello {
            try HelloMessage(envelope).check()
            return .more
        }
        switch try CheckProgress(envelope) {
        case .began(let words):
            progress.words = words
            return .moreTime
        case .fault(let fault, let place):
            progress.fault = (fault, place)
            return .more
        case nil: return .unexpected
        }
    }

    /// What is said of a check that cost the worker its life.
    private func lost(
        _ message: CheckMessage,
        _ deed: String,
        _ progress: Progress,
        _ output: [String],
        isLate: Bool
    ) -> Answer {
        var text = message.node.map { "the node \($0) " } ?? "while it was loaded, the plugin "
        text += progress.fault.map { fault, place in fault.words(place) } ?? deed
        if let words = progress.words { text += ", called with \(words)" }
        text += CrashOutput(output, plugin: FilePath.name(message.plugin)).sentence
        // A loop up to a parameter is what the parameter asked for.
        let isAskedFor = isLate && [.extremes, .errorNames].contains(message.check)
        let observation =
            isAskedFor
            ? Observation(.warning, text, cure: "refuse values out of range with TAURO_E_INVALID")
            : Observation(.error, text)
        return Answer(observations: [observation], output: output, isAlive: false, isLate: isLate)
    }
}
