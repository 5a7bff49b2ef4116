@preconcurrency import Glibc
import Logging
import Synchronization

/// The two streams a person sees: stdout for the result alone, stderr for everything else.
///
/// Safe from any thread; every text is written whole.
final class Console: Sendable {
    /// One of the streams.
    enum Stream {
        case output
        case error
    }

    /// The process's console.
    static let standard = Console(environment: Console.readEnvironment())

    private let lock = Mutex(())
    private let allowsColor: Bool
    /// Whether characters beyond ASCII can be shown, by what the locale says.
    let showsUnicode: Bool
    private let givenWidth: Int?
    /// Where results go: stdout, or a duplicate of it that nobody else knows.
    private let results = Atomic<Int32>(STDOUT_FILENO)
    private let logger = Mutex<Logger?>(nil)

    init(environment: [String: String]) {
        allowsColor = environment["NO_COLOR"]?.isEmpty ?? true && environment["TERM"] != "dumb"
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        showsUnicode = locale.map { ["utf-8", "utf8"].contains(where: $0.lowercased().contains) } ?? false
        givenWidth = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Keeps stdout for the results: what anything else in this process prints there goes to stderr from now on.
    ///
    /// For the process's own console, once, before other threads start.
    func keepOutputForResults() {
        // Functions print through C's stdout: what they printed is shown line by line, also if the process dies.
        setvbuf(stdout, nil, _IOLBF, 0)
        // Where stdout is closed the results go nowhere, as before.
        results.store(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), ordering: .relaxed)
        if dup2(STDERR_FILENO, STDOUT_FILENO) < 0 { dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO) }
    }

    /// What takes all that is told on stderr where programs read it; nil where people do.
    var log: Logger? {
        get { logger.withLock { $0 } }
        set { logger.withLock { $0 = newValue } }
    }

    /// Whether the stream is a terminal.
    func isTerminal(_ stream: Stream) -> Bool { isatty(descriptor(stream)) == 1 }

    /// The terminal's width in columns; where there is none, that of `COLUMNS`, else 80.
    func width(_ stream: Stream) -> Int {
        var size = winsize()
        guard ioctl(descriptor(stream), UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return givenWidth ?? 80
        }
        return Int(size.ws_col)
    }

    /// The styles to use on the stream.
    func style(_ stream: Stream) -> Style { Style(isEnabled: allowsColor && isTerminal(stream)) }

    /// Writes a text as it is.
    func write(_ text: String, to stream: Stream = .output) {
        lock.withLock { _ in
            var text = text
            text.withUTF8 { bytes in Console.writeAll(bytes, to: descriptor(stream)) }
        }
    }

    /// Writes a text and a line end.
    func print(_ text: String, to stream: Stream = .output) { write(text + "\n", to: stream) }

    private func descriptor(_ stream: Stream) -> Int32 {
        switch stream {
        case .output: results.load(ordering: .relaxed)
        case .error: STDERR_FILENO
        }
    }

    private static func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) {
        var rest = UnsafeRawBufferPointer(bytes)
        while let start = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(descriptor, start, rest.count)
            if count < 0 && errno == EINTR { continue }
            // A closed pipe is the reader's decision: what it did not want is not an error of ours.
            if count <= 0 { return }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    private static func readEnvironment() -> [String: String] {
        var variables: [String: String] = [:]
        for name in ["NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "COLUMNS"] {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        return variables
    }
}

/// Terminal colours, or nothing where they are not wanted.
struct Style {
    let isEnabled: Bool

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func yellow(_ text: String) -> String { wrap(text, "33") }
    func cyan(_ text: String) -> String { wrap(text, "36") }

    private func wrap(_ text: String, _ code: String) -> String {
        isEnabled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
