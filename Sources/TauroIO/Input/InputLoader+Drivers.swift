import TauroModel

extension InputLoader {
    /// Checks an input that a driver reads, before anything runs.
    func check(
        _ dataset: DatasetDefinition,
        _ findings: [Diagnostic],
        isStored: Bool,
        as kind: NodeSignature.Input.Kind,
        by driver: any FormatDriver
    ) -> InputFindings {
        let findings = findings + driver.findings(dataset, isInput: !isStored)
        if findings.contains(where: { $0.severity == .error }) { return InputFindings(problems: findings) }
        do {
            try PathGuard(dataset)?.check()
            switch kind {
            case .artifact: try refuseRows(of: dataset)
            case .frame, .frames:
                try InputLoader.refuseArtifact(in: dataset)
                _ = try driver.find(dataset)
            }
            return InputFindings(problems: findings)
        } catch let error as ResourceError {
            return InputFindings(problems: findings + [error.finding(about: dataset)])
        } catch {
            return InputFindings(findings, and: error, of: dataset, isStored: isStored)
        }
    }

    /// An artifact may have taken the place of rows, whatever the format of the dataset.
    private func refuseRows(of dataset: DatasetDefinition) throws(DatasetError) {
        if ArtifactStore.isArtifact(dataset.path.value) { return }
        throw DatasetError(
            .unsupported,
            "Dataset '\(dataset.id)': format \(dataset.format.value) gives a frame, and the node takes an artifact"
        )
    }
}

extension ResourceError {
    /// The warning that a library or a server is missing here and now, which is the error of a run that needs it.
    func finding(about dataset: DatasetDefinition) -> Diagnostic {
        let isNamed = message.hasPrefix("Dataset '")
        let text = isNamed ? message : "Dataset '\(dataset.id)': \(message)"
        return Diagnostic(.warning, .configuration, text, at: dataset.location)
    }
}

extension InputFindings {
    /// What is wrong with a dataset, and at last the error that its check ended with.
    init(_ findings: [Diagnostic], and error: any Error, of dataset: DatasetDefinition, isStored: Bool) {
        let message = (error as? DatasetError)?.message ?? "Dataset '\(dataset.id)': \(error)"
        let isMissing = (error as? DatasetError)?.code == .notFound
        let notes = isStored && isMissing ? ["run the pipeline that stores '\(dataset.id)' first"] : []
        let place = dataset.path.location ?? dataset.location
        let finding = Diagnostic(.error, .configuration, message, at: place, notes: notes)
        self =
            isMissing
            ? InputFindings(problems: findings, missing: finding) : InputFindings(problems: findings + [finding])
    }
}
