import CTauro
import TauroData
import TauroModel

/// What one call of a node ended with.
struct CallOutcome: Sendable {
    /// What the function returned.
    let status: Int32
    /// The text that it left.
    let text: String?
    /// What the host made of both.
    let result: Result<Dataset?, NodeFailure>

    var isSuccess: Bool { if case .success = result { true } else { false } }

    var failure: NodeFailure? { if case .failure(let failure) = result { failure } else { nil } }

    var dataset: Dataset? { (try? result.get()) ?? nil }

    /// The frame that it returned, if it did.
    var frame: Frame? { if case .frame(let frame) = dataset { frame } else { nil } }

    /// What is wrong with the answer, whatever it was asked, as the predicate of a sentence about the node.
    var misconduct: Observation? {
        if status == TAURO_OK { return failure.map { Observation(.error, $0.message) } }
        guard let known = NodeFailure.Status(rawValue: status) else {
            return Observation(
                .error,
                "returned \(status), which is no status of the tauro ABI",
                cure: "return TAURO_OK or one of TAURO_E_…"
            )
        }
        guard text == nil else { return nil }
        return Observation(
            .error,
            "returned \(status) (\(known.headerName)) without a message",
            cure: "return tauro_fail(call, \(known.headerName), \"what was found, what was expected\")"
        )
    }

    /// The status and the text's first line in a sentence: an engine shows the whole statement in more lines.
    var words: String {
        guard let failure else { return "TAURO_OK" }
        let line = failure.message.split(separator: "\n").first ?? ""
        return "\(failure.status.headerName): \(line)"
    }

    /// The rows of a frame for comparison; nil for what is no sound frame, or has columns that can not be compared.
    func rows() -> TableContent? {
        guard unsoundness() == nil, let frame,
            case .memory(let schema, let batches) = try? frame.inMemory().content
        else { return nil }
        return TableContent(schema: schema, batches: batches)
    }

    /// Why the frame that it returned is not sound; nil if it is, or if there is none.
    func unsoundness() -> String? {
        if let error = failure?.underlying as? ArrowError { return error.message }
        guard let frame else { return nil }
        do {
            guard case .memory(let schema, let batches) = try frame.inMemory().content else { return nil }
            _ = try FrameContent(schema: schema, batches: batches).open()
            return nil
        } catch {
            return HostFailure(error).text
        }
    }
}
