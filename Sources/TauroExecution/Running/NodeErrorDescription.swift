import TauroModel

/// Turns what the rooms below throw into errors that name node and operation, and tell no secret.
struct NodeErrorDescription {
    let node: PlannedNode
    let operation: String

    /// The error as people get it.
    func described(_ error: any Error) -> any ExecutionError {
        switch error {
        case let failure as NodeFailure:
            if let error = failure.underlying as? SQLError, error.code == .missingEngine {
                return missing(error.message)
            }
            if let error = failure.underlying as? ResourceError { return missing(error.message) }
            if let error = failure.underlying as? SpoolError { return missing(error.description) }
            let isOfQuery = failure.underlying is SQLError
            let message = isOfQuery ? naming(datasetIn: failure.message) : failure.message
            return failed(message, failure.status, failure.underlying)
        case let error as ResourceError: return missing(error.message)
        case let error as SpoolError: return missing(error.description)
        case let error as SQLError where error.code == .missingEngine: return missing(error.message)
        case let error as SQLError:
            return failed(naming(datasetIn: error.message), error.code == .cancelled ? .cancelled : .io, error)
        case let error as DatasetError: return failed(error.message, error.code == .cancelled ? .cancelled : .io, error)
        case let error as TimeoutError:
            return TimeoutError(operation: operation, message: sentence(error.message), node: node.name)
        case let error as any ExecutionError: return error
        default: return failed("\(error)", nil, error)
        }
    }

    /// A message with the dataset before it whose file it is about: an engine knows files alone.
    private func naming(datasetIn message: String) -> String {
        let inputs = node.inputs.compactMap { input -> DatasetDefinition? in
            guard case .source(let dataset) = input, message.contains(dataset.path.value) else { return nil }
            return dataset.path.value.isEmpty ? nil : dataset
        }
        guard let input = inputs.max(by: { $0.path.value.count < $1.path.value.count }),
            !message.contains("'\(input.id)'")
        else { return message }
        return "dataset '\(input.id)': \(message)"
    }

    private func sentence(_ message: String) -> String {
        "Node '\(node.name)', \(operation): \(node.redaction.redacted(message))"
    }

    private func missing(_ message: String) -> ResourceError {
        ResourceError(operation: operation, message: message, node: node.name)
    }

    private func failed(
        _ message: String,
        _ status: NodeFailure.Status?,
        _ underlying: (any Error)?
    ) -> NodeExecutionError {
        NodeExecutionError(
            node: node.name,
            operation: operation,
            message: sentence(message),
            status: status,
            underlying: underlying
        )
    }
}
