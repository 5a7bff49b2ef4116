import CTauro
import TauroModel

extension HostTable {
    /// Hyperparameters and the ML context.
    static func setML(_ table: inout tauro_host) {
        table.hyperparam_f64 = { ml, name, otherwise in
            switch PluginCall.of(ml?.pointee.host_data)?.hyperparameter(name) {
            case .double(let number): number
            case .integer(let number): Double(number)
            default: otherwise
            }
        }
        table.hyperparam_i64 = { ml, name, otherwise in
            guard case .integer(let number) = PluginCall.of(ml?.pointee.host_data)?.hyperparameter(name) else {
                return otherwise
            }
            return number
        }
        table.hyperparam_bool = { ml, name, otherwise in
            guard case .bool(let flag) = PluginCall.of(ml?.pointee.host_data)?.hyperparameter(name) else {
                return otherwise
            }
            return flag
        }
        table.hyperparam_str = { ml, name, otherwise in
            PluginCall.of(ml?.pointee.host_data)?.hyperparameterText(name)?.pointer ?? otherwise
        }
        table.ml_json = { ml in PluginCall.of(ml?.pointee.host_data)?.mlJSON?.pointer ?? HostTable.emptyObject }
    }

    private static let emptyText: StaticString = "{}"

    private static var emptyObject: UnsafePointer<CChar> {
        UnsafeRawPointer(emptyText.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
