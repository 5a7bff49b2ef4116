package import TauroBasics

/// What a list of runs says of one.
package struct RunOverview: Sendable, Hashable {
    /// The run's id.
    package let id: String
    /// The pipeline's name.
    package let pipeline: String
    /// What kind of pipeline it is.
    package let kind: PipelineDefinition.Kind
    package let status: RunHistory.Status
    /// The host that began it.
    package let host: RunHost
    /// How it came to its end in the last host's hands; nil while it runs, and where the host died.
    package let ending: RunEnding?
    /// The moment of the last entry of the journal.
    package let lastEntryAt: Timestamp

    package init(
        id: String,
        pipeline: String,
        kind: PipelineDefinition.Kind,
        status: RunHistory.Status,
        host: RunHost,
        ending: RunEnding?,
        lastEntryAt: Timestamp
    ) {
        self.id = id
        self.pipeline = pipeline
        self.kind = kind
        self.status = status
        self.host = host
        self.ending = ending
        self.lastEntryAt = lastEntryAt
    }

    /// When it began.
    package var startedAt: Timestamp { host.beganAt }
    /// When it came to its end.
    package var endedAt: Timestamp? { ending?.at }
    /// How long the last host had it.
    package var seconds: Double? { ending?.seconds }
}

/// One directory among those of a project's runs.
package enum ListedRun: Sendable, Hashable {
    case run(RunOverview)
    /// What is in it can not be understood; the reason is a clause without a full stop.
    case unreadable(id: String, reason: String)

    /// The run's id, or what would be it.
    package var id: String {
        switch self {
        case .run(let run): run.id
        case .unreadable(let id, _): id
        }
    }

    /// The run, where it can be understood.
    package var overview: RunOverview? {
        if case .run(let run) = self { run } else { nil }
    }
}
