import TauroModel

extension Fields {
    /// What the keys that nodes, pipelines and global settings share say of execution.
    func executionSettings(of owner: Owner, findings: Findings) -> ExecutionSettings {
        let resources = texts("resource")
        for name in resources ?? [] where name.value.isEmpty {
            findings.error("`resource` of \(owner.description) has an empty name.", at: name.location)
        }
        return ExecutionSettings(
            isolation: text("isolation").flatMap(NodeIsolation.init),
            timeoutSeconds: number("timeout_seconds"),
            workerMemoryLimit: self["worker_memory_limit"].flatMap { ByteCount($0)?.bytes },
            onFailure: text("on_failure").flatMap(FailurePolicy.init),
            checkpointLocation: self["streaming"]?.text(of: "checkpoint_location", "checkpointLocation")?.value,
            retry: RetrySettings(part("retry", .retry, of: owner, findings), at: self["retry"]?.location),
            priority: wholeNumber("priority"),
            pool: locatedText("pool"),
            memory: self["memory"].flatMap { value in ByteCount(value).map { Located($0.bytes, at: value.location) } },
            resources: resources,
            breaker: breaker(of: owner, findings)
        )
    }

    private func breaker(of owner: Owner, _ findings: Findings) -> BreakerSettings {
        guard let value = self["circuit_breaker"] else { return BreakerSettings() }
        switch value.content {
        case .bool(false): return BreakerSettings(isOn: false, location: value.location)
        case .bool(true): return BreakerSettings(BreakerPolicy(), at: value.location)
        default:
            let fields = part("circuit_breaker", .circuitBreaker, of: owner, findings)
            return BreakerSettings(
                isOn: true,
                failureThreshold: fields?.wholeNumber("failure_threshold"),
                cooldownSeconds: fields?.number("cooldown_seconds"),
                halfOpenMaxCalls: fields?.wholeNumber("half_open_max_calls"),
                location: value.location
            )
        }
    }

    /// A map with keys of its own; what is wrong in it is among the findings already.
    private func part(_ name: String, _ keySet: ConfigKeySet, of owner: Owner, _ findings: Findings) -> Fields? {
        guard let value = self[name] else { return nil }
        let owner = Owner("`\(name)` of \(owner.kind)", owner.name)
        return FieldsReader(keySet, findings: findings).read(value, of: owner, at: value.location)
    }
}

extension BreakerSettings {
    /// All values of a policy.
    fileprivate init(_ policy: BreakerPolicy, at location: SourceLocation) {
        self.init(
            isOn: true,
            failureThreshold: policy.failureThreshold,
            cooldownSeconds: policy.cooldownSeconds,
            halfOpenMaxCalls: policy.halfOpenMaxCalls,
            location: location
        )
    }
}

extension RetrySettings {
    /// What the keys of `retry` say; nothing where there are none.
    fileprivate init(_ fields: Fields?, at location: SourceLocation?) {
        guard let fields else {
            self.init()
            return
        }
        self.init(
            maxRetries: fields.wholeNumber("max_retries"),
            delaySeconds: fields.number("delay_seconds"),
            backoffFactor: fields.number("backoff_factor"),
            maxDelaySeconds: fields.number("max_delay_seconds"),
            jitter: fields["jitter"].flatMap(Self.share),
            causes: fields.texts("on").map { Set($0.compactMap { RetryPolicy.Cause(rawValue: $0.value) }) },
            location: location
        )
    }

    private static func share(_ value: ConfigValue) -> Double? {
        switch value.content {
        case .bool(let flag): flag ? RetryPolicy().jitter : 0
        case .integer(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }
}
