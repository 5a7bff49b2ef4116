import CTauro

/// How important a log line is, with the numbers of the C ABI.
public enum LogLevel: Int32, Sendable, Hashable, CaseIterable {
    case debug = 0
    case info = 1
    case warning = 2
    case error = 3
}

extension Call {
    /// Writes a line to the run's log; it needs no line end.
    ///
    /// Ignored after the node has returned.
    public func log(_ text: String, level: LogLevel = .info) {
        guard let call = scope.ifActive else { return }
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                call.pointee.host.pointee.log(call, level.rawValue, $0.baseAddress, $0.count)
            }
        }
    }

    /// Records a number under a name; the last value of a name is the node's metric.
    ///
    /// Not a number is refused with a warning in the log. Ignored after the node has returned.
    public func metric(_ name: String, _ value: Double) {
        guard let call = scope.ifActive else { return }
        call.pointee.host.pointee.metric(call, name, value)
    }

    /// Says how far the node is: 0 to 1, or nil when it is not known.
    ///
    /// Ignored after the node has returned.
    public func progress(_ fraction: Double?, _ text: String? = nil) {
        guard let call = scope.ifActive else { return }
        call.pointee.host.pointee.progress(call, fraction ?? -1, text)
    }

    /// Leaves an error's text with the host and returns the status that the node ends with.
    func fail(_ error: any Error) -> Int32 {
        let failure = NodeError(describing: error)
        guard !failure.isToldByHost, let call = scope.ifActive else { return failure.status.rawValue }
        var text = failure.message
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                call.pointee.host.pointee.fail(call, failure.status.rawValue, $0.baseAddress, $0.count)
            }
        }
    }
}
