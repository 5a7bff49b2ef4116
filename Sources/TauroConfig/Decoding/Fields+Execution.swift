import TauroModel

extension Fields {
    /// What the keys that nodes, pipelines and global settings share say of execution.
    var executionSettings: ExecutionSettings {
        ExecutionSettings(
            isolation: text("isolation").flatMap(NodeIsolation.init),
            timeoutSeconds: number("timeout_seconds"),
            workerMemoryLimit: self["worker_memory_limit"].flatMap(ByteCount.init)?.bytes,
            onFailure: text("on_failure").flatMap(FailurePolicy.init),
            checkpointLocation: self["streaming"]?.text(of: "checkpoint_location", "checkpointLocation")?.value
        )
    }
}
