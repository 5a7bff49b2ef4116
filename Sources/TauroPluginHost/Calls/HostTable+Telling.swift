import CTauro
import TauroModel

extension HostTable {
    /// Error texts, log, metrics, progress and cancellation.
    static func setTelling(_ table: inout tauro_host) {
        table.fail = { call, status, text, length in
            PluginCall.of(call?.pointee.host_data)?.messages.leave(
                ForeignText.repaired(text, length: length, limit: ForeignText.longestError)
            )
            return status
        }
        table.log = { call, level, text, length in
            guard let text else { return }
            let line = ForeignText.repaired(text, length: length, limit: ForeignText.longestLine)
            let known = LogLevel(rawValue: level) ?? (level < 0 ? .debug : .error)
            PluginCall.of(call?.pointee.host_data)?.report(.log(level: known, text: line))
        }
        table.metric = { call, name, value in
            PluginCall.of(call?.pointee.host_data)?.reportMetric(name, value)
        }
        table.progress = { call, fraction, text in
            let text = ForeignText.repaired(text, limit: ForeignText.longestError)
            // Not a number is less than nothing too: not known.
            let known = fraction >= 0 ? min(fraction, 1) : nil
            PluginCall.of(call?.pointee.host_data)?.report(.progress(fraction: known, text: text))
        }
        table.cancelled = { call in
            PluginCall.of(call?.pointee.host_data)?.invocation.cancellation.isCancelled ?? false
        }
    }
}

extension PluginCall {
    fileprivate func reportMetric(_ name: UnsafePointer<CChar>?, _ value: Double) {
        guard let name = ForeignText.repaired(name, limit: ForeignText.longestError), !name.isEmpty else {
            return report(.log(level: .warning, text: "a metric without a name was refused"))
        }
        guard !value.isNaN else {
            return report(.log(level: .warning, text: "the metric '\(name)' is not a number and was refused"))
        }
        report(.metric(name: name, value: value))
    }
}
