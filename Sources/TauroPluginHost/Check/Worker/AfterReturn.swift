import CTauro
import Glibc
import Synchronization

/// The host's functions as they are for a call that is over: they note that they were used, and do nothing.
enum AfterReturn {
    private static let used = Atomic<UInt64>(0)

    private static let names = [
        "tauro_fail", "tauro_log", "tauro_metric", "tauro_progress", "tauro_cancelled", "tauro_get_extension",
        "tauro_sql",
        "tauro_frame_schema", "tauro_frame_stream", "tauro_frame_rows", "tauro_frame_from_stream",
        "tauro_frame_release", "tauro_artifact_bytes", "tauro_artifact_path", "tauro_artifact_media_type",
        "tauro_hyperparam", "tauro_ml_json", "tauro_emit_frame", "tauro_emit_stream", "tauro_emit_batch",
        "tauro_emit_bytes", "tauro_emit_file",
    ]

    /// Puts these functions in the place of the host's, for one call that has returned and stays where it is.
    static func take(_ call: PluginCall) {
        call.memory.call.pointee.host = table
        call.memory.output.pointee.host = table
        call.memory.ml.pointee.host = table
    }

    /// What was used until now, by the names in the headers.
    static var usedFunctions: [String] {
        let bits = used.load(ordering: .relaxed)
        return names.indices.filter { bits & (1 << UInt64($0)) != 0 }.map { names[$0] }
    }

    private static func note(_ index: Int) { used.bitwiseOr(1 << UInt64(index), ordering: .relaxed) }

    // Written once before anyone sees it, and never again.
    nonisolated(unsafe) private static let table: UnsafePointer<tauro_host> = {
        let table = UnsafeMutablePointer<tauro_host>.allocate(capacity: 1)
        table.initialize(to: HostTable.pointer.pointee)
        setTelling(&table.pointee)
        setFrames(&table.pointee)
        setRest(&table.pointee)
        return UnsafePointer(table)
    }()

    private static func setTelling(_ table: inout tauro_host) {
        table.fail = { _, status, _, _ in
            AfterReturn.note(0)
            return status
        }
        table.log = { _, _, _, _ in AfterReturn.note(1) }
        table.metric = { _, _, _ in AfterReturn.note(2) }
        table.progress = { _, _, _ in AfterReturn.note(3) }
        table.cancelled = { _ in
            AfterReturn.note(4)
            // One that still runs should stop.
            return true
        }
        table.get_extension = { _, _ in
            AfterReturn.note(5)
            return nil
        }
    }

    private static func setFrames(_ table: inout tauro_host) {
        table.sql = { _, _, _, _, _, _ in AfterReturn.refuse(6) }
        table.frame_schema = { _, _, _ in AfterReturn.refuse(7) }
        table.frame_stream = { _, _, _ in AfterReturn.refuse(8) }
        table.frame_rows = { _, _ in
            AfterReturn.note(9)
            return -1
        }
        table.frame_from_stream = { _, stream, _ in
            PluginCall.discard(stream)
            return AfterReturn.refuse(10)
        }
        table.frame_release = { _, _ in AfterReturn.note(11) }
        table.artifact_bytes = { _, _, _, _ in AfterReturn.refuse(12) }
        table.artifact_path = { _, _ in
            AfterReturn.note(13)
            return nil
        }
        table.artifact_media_type = { _, _ in
            AfterReturn.note(14)
            return nil
        }
    }

    private static func setRest(_ table: inout tauro_host) {
        table.hyperparam_f64 = { _, _, otherwise in
            AfterReturn.note(15)
            return otherwise
        }
        table.hyperparam_i64 = { _, _, otherwise in
            AfterReturn.note(15)
            return otherwise
        }
        table.hyperparam_bool = { _, _, otherwise in
            AfterReturn.note(15)
            return otherwise
        }
        table.hyperparam_str = { _, _, otherwise in
            AfterReturn.note(15)
            return otherwise
        }
        table.emit_frame = { _, _ in AfterReturn.refuse(17) }
        table.emit_stream = { _, stream in
            PluginCall.discard(stream)
            return AfterReturn.refuse(18)
        }
        table.emit_batch = { _, _, _ in AfterReturn.refuse(19) }
        table.emit_bytes = { _, _, _, _ in AfterReturn.refuse(20) }
        table.emit_file = { _, _, _ in AfterReturn.refuse(21) }
        table.ml_json = { _ in
            AfterReturn.note(16)
            return nil
        }
    }

    private static func refuse(_ index: Int) -> Int32 {
        note(index)
        return TAURO_E_INVALID
    }
}
