import Synchronization
import TauroBasics

/// One line on a terminal that shows how many nodes are done, what runs, how many rows came of it and how long it may take.
final class ProgressBar: Sendable {
    private struct State {
        var total = 0
        var done = 0
        var rows: Int64 = 0
        var startedAt: Timestamp?
        var now: Timestamp?
        var running: [(name: String, note: String)] = []

        /// How long the rest takes if it goes on like this, in seconds; nil while nobody can tell.
        var secondsLeft: Double? {
            guard let startedAt, let now, done > 0, done < total else { return nil }
            let elapsed = Double(now.millisecondsSinceEpoch - startedAt.millisecondsSinceEpoch) / 1000
            return elapsed < 1 ? nil : elapsed / Double(done) * Double(total - done)
        }
    }

    private let console: Console
    private let state = Mutex(State())

    init(console: Console) {
        self.console = console
    }

    func start(total: Int, at now: Timestamp) {
        redraw { state in
            state.total = total
            state.startedAt = now
        }
    }

    func began(_ node: String, at now: Timestamp) {
        redraw { state in
            state.now = now
            state.running.append((node, ""))
        }
    }

    func ended(_ node: String, rows: Int64?, at now: Timestamp) {
        redraw { state in
            state.done += 1
            state.now = now
            state.rows += rows ?? 0
            state.running.removeAll { $0.name == node }
        }
    }

    /// The node waits for its next attempt.
    func rests(_ node: String) { redraw { $0.running.removeAll { $0.name == node } } }

    func progressed(_ node: String, _ fraction: Double?, _ text: String?) {
        let percent = fraction.map { "\(Int($0 * 100))%" }
        let note = [percent, text.map { PrintableText.line($0) }].compactMap { $0 }.joined(separator: " ")
        redraw { state in
            if let index = state.running.firstIndex(where: { $0.name == node }) { state.running[index].note = note }
        }
    }

    /// Prints a line where the bar was and draws the bar again below it.
    func printAbove(_ line: String) {
        state.withLock { console.write("\r\u{1B}[K\(line)\n" + self.line($0), to: .error) }
    }

    /// Removes the bar.
    func finish() { console.write("\r\u{1B}[K", to: .error) }

    private func redraw(_ change: (inout State) -> Void) {
        state.withLock { state in
            change(&state)
            console.write("\r\u{1B}[K" + line(state), to: .error)
        }
    }

    private func line(_ state: State) -> String {
        let cells = 20
        let filled = state.total == 0 ? 0 : cells * state.done / state.total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
        let running = state.running.map { $0.note.isEmpty ? $0.name : "\($0.name) (\($0.note))" }
        let rows = state.rows > 0 ? ", \(Quantities.count(state.rows)) rows" : ""
        let left = state.secondsLeft.map { ", about \(Quantities.seconds($0)) left" } ?? ""
        let text = "\(state.done)/\(state.total)\(rows)\(left) \(running.joined(separator: ", "))"
        let room = max(10, console.width(.error) - cells - 4)
        return "\(bar) \(text.count > room ? text.prefix(room - 1) + "…" : text)"
    }
}
