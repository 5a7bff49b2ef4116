import TauroData
import TauroModel

/// What a node has emitted so far, by the rules of `call.h`.
///
/// Whoever holds it has a lock around it.
struct ResultCollector {
    /// One way to give a result.
    enum Emission: String {
        case frame
        case batch
        case artifact
    }

    private enum State {
        case empty
        /// A frame or an artifact is being taken in, on some thread.
        case taking
        case frame(Frame)
        case batches(FrameCollector)
        case artifact(Artifact)
    }

    private let expected: NodeSignature.Result
    private let spool: FrameSpool?
    private var state = State.empty
    /// Why the result can not be whole any more.
    private var failure: HostFailure?

    /// Expects a result; `spool` is where rows go that memory has no room for.
    init(expected: NodeSignature.Result, spool: FrameSpool?) {
        self.expected = expected
        self.spool = spool
    }

    /// Reserves the result for one frame or artifact, which `settle` or `abandon` follows.
    ///
    /// - Throws: `HostFailure` with the status INVALID for the wrong kind, or a second result.
    mutating func begin(_ emission: Emission) throws(HostFailure) {
        try check(emission)
        if let failure { throw failure }
        guard case .empty = state else { throw ResultCollector.second }
        state = .taking
    }

    mutating func settle(_ frame: Frame) { state = .frame(frame) }

    mutating func settle(_ artifact: Artifact) { state = .artifact(artifact) }

    /// Gives the reservation back: what was to be taken in failed.
    mutating func abandon() { state = .empty }

    /// Notes that rows could not be taken in: whatever the node makes of that, its call does not succeed.
    mutating func fail(_ error: any Error) {
        state = .empty
        failure = failure ?? HostFailure(error)
    }

    /// Adds a batch, or with nil only states the schema of a result that may stay without rows.
    ///
    /// - Throws: `HostFailure`: INVALID as `begin`, SCHEMA for another schema than that of the batches before; what
    ///   `FrameCollector` throws.
    mutating func append(_ batch: RecordBatch?, _ schema: Schema) throws {
        try check(.batch)
        if let failure { throw failure }
        switch state {
        case .empty:
            let collector = FrameCollector(schema: schema, spool: spool)
            state = .batches(collector)
            if let batch { try collector.append(batch) }
        case .batches(let collector):
            if let difference = ResultCollector.difference(of: schema, to: collector.schema) {
                throw HostFailure(.schema, "this batch has another schema than those before: \(difference)")
            }
            if let batch { try collector.append(batch) }
        case .taking, .frame, .artifact: throw ResultCollector.second
        }
    }

    /// The result of a call that ended well; nil for a node that returns nothing.
    ///
    /// - Throws: `NodeFailure` if the node emitted nothing although its signature returns something, or some of its rows
    ///   could not be taken in.
    func result() throws(NodeFailure) -> Dataset? {
        if let failure { throw NodeFailure(failure) }
        switch state {
        case .frame(let frame): return .frame(frame)
        case .batches(let collector):
            do {
                return .frame(try collector.finish())
            } catch {
                throw NodeFailure(HostFailure(error))
            }
        case .artifact(let artifact): return .artifact(artifact)
        case .empty, .taking:
            guard expected == .nothing else {
                throw NodeFailure(
                    .invalid,
                    "returned TAURO_OK without emitting its result; its note says it returns "
                        + (expected == .frame ? "a frame" : "an artifact")
                )
            }
            return nil
        }
    }

    private func check(_ emission: Emission) throws(HostFailure) {
        let fits =
            switch emission {
            case .frame, .batch: expected == .frame
            case .artifact: expected == .artifact
            }
        if !fits {
            throw HostFailure(
                .invalid,
                "emitted \(emission == .artifact ? "an artifact" : "a frame"), but the node's note says it "
                    + "returns \(expected.rawValue)"
            )
        }
    }

    private static let second = HostFailure(.invalid, "emitted a second result; a node gives one")

    private static func difference(of schema: Schema, to first: Schema) -> String? {
        if schema == first { return nil }
        guard schema.fields.count == first.fields.count else {
            return "\(schema.fields.count) columns instead of \(first.fields.count)"
        }
        for (index, (found, wanted)) in zip(schema.fields, first.fields).enumerated() where found != wanted {
            return "column \(index) is \(words(found)) instead of \(words(wanted))"
        }
        return "other metadata"
    }

    private static func words(_ field: Field) -> String {
        "'\(field.name)' \(field.type)\(field.isNullable ? "" : " not null")\(field.metadata.isEmpty ? "" : " with metadata")"
    }
}

extension NodeFailure {
    /// The failure of a call whose result the host could not take in.
    fileprivate init(_ failure: HostFailure) {
        self.init(failure.status, failure.text, underlying: failure.underlying)
    }
}
