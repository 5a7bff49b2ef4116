extension Context {
    /// Where and how results with this id are stored: its entry of `output.yaml`, or the project's defaults.
    ///
    /// - Returns: nil where `id` is no valid id of a dataset (`DatasetIdentifier`).
    public func outputDefinition(for id: String) -> DatasetDefinition? {
        if let entry = output(id) { return entry }
        guard let path = outputPath(for: id) else { return nil }
        var dataset = DatasetDefinition(id: id, format: globalSettings.defaultOutputFormat, path: Located(path))
        dataset.bounds = outputBounds
        return dataset
    }

    /// The absolute directory of an output: `<output_path>/[<env>/]<parts joined by />`; nil for an invalid id.
    public func outputPath(for id: String) -> String? {
        DatasetIdentifier(id).map { $0.path(below: globalSettings.outputPath, environment: environment) }
    }
}

extension DatasetIdentifier {
    /// The directory of the dataset below the directory of all outputs.
    package func path(below outputPath: String, environment: String?) -> String {
        let root = environment.map { "\(outputPath)/\($0)" } ?? outputPath
        return "\(root)/\(relativePath)"
    }
}
