import TauroModel

/// Turns the sections `input` and `output` into datasets.
struct DatasetDecoder {
    let projectDirectory: String
    let environment: String?
    let settings: GlobalSettings
    let findings: Findings

    /// The entries of `input` in the order of the file.
    ///
    /// Paths are absolute; wildcards stay.
    func inputs(_ section: ConfigValue) -> [DatasetDefinition] {
        decode(section, kind: "input", .input) { entry, fields in
            let given = fields.locatedText("filepath")
            if let given, given.value.isEmpty {
                findings.error("`filepath` of input `\(entry.key)` is an empty text.", at: given.location)
            }
            let path = given ?? Located("", at: entry.keyLocation)
            let options = ServerOptions(fields, paths: paths, bounds: inputBounds)
            let query = options.takesQuery ? nil : fields.locatedText("query")
            let isElsewhere = options.takesPath || given == nil && (query != nil || options.isOnServer)
            var dataset = DatasetDefinition(
                id: entry.key,
                format: fields.locatedText("format") ?? Located("", at: entry.keyLocation),
                path: isElsewhere
                    ? Located("", at: path.location)
                    : Located(
                        paths.bounded(path, "`filepath` of input `\(entry.key)`", by: inputBounds),
                        at: path.location
                    ),
                options: options.folded(Owner("input", entry.key)),
                columns: ColumnDecoder(owner: Owner("input", entry.key), findings: findings).columns(fields["schema"]),
                checks: CheckDecoder(owner: Owner("input", entry.key), findings: findings).checks(fields["checks"]),
                dateColumn: fields.text("date_column"),
                query: query,
                description: fields.text("description"),
                location: entry.keyLocation
            )
            dataset.storageOptions = storageOptions(fields, of: dataset)
            dataset.bounds = inputBounds
            return dataset
        }
    }

    /// The entries of `output` in the order of the file.
    ///
    /// The path follows from the id.
    func outputs(_ section: ConfigValue) -> [DatasetDefinition] {
        decode(section, kind: "output", .output) { entry, fields in
            let id = Located(entry.key, at: entry.keyLocation)
            OutputIdentifier.check(id, "An entry of `output`", findings: findings)
            let path = DatasetIdentifier(id.value)?.path(below: settings.outputPath, environment: environment)
            var dataset = DatasetDefinition(
                id: id.value,
                format: fields.locatedText("format") ?? settings.defaultOutputFormat,
                path: Located(path ?? "", at: entry.keyLocation),
                options: ServerOptions(fields, paths: paths, bounds: outputBounds).folded(Owner("output", id.value)),
                columns: ColumnDecoder(owner: Owner("output", id.value), findings: findings).columns(fields["schema"]),
                checks: CheckDecoder(owner: Owner("output", id.value), findings: findings).checks(fields["checks"]),
                description: fields.text("description"),
                location: entry.keyLocation
            )
            dataset.writeMode =
                fields.text("write_mode").flatMap(DatasetDefinition.WriteMode.init)
                ?? .unlessSaid(with: dataset.format.value)
            dataset.layout = fields.outputLayout
            dataset.bounds = outputBounds
            return dataset
        }
    }

    private var paths: LocalPath { LocalPath(projectDirectory: projectDirectory, findings: findings) }

    private var inputBounds: PathBounds { PathBounds(project: projectDirectory, allowed: settings.allowedPaths) }

    private var outputBounds: PathBounds {
        PathBounds(project: projectDirectory, allowed: settings.allowedPaths, outputs: settings.outputPath)
    }

    private func decode(
        _ section: ConfigValue,
        kind: String,
        _ keySet: ConfigKeySet,
        _ dataset: (ConfigValue.Entry, Fields) -> DatasetDefinition
    ) -> [DatasetDefinition] {
        guard case .map(let entries) = section.content else { return [] }
        let reader = FieldsReader(keySet, findings: findings)
        return entries.compactMap { entry in
            findings.readingEntry(at: entry.keyLocation) {
                reader.read(entry.value, of: Owner(kind, entry.key), at: entry.keyLocation).map { dataset(entry, $0) }
            }
        }
    }

    /// What a server is told, for a path that is on one.
    private func storageOptions(_ fields: Fields, of dataset: DatasetDefinition) -> [String: ConfigValue] {
        let own = fields.map("storage_options")
        if dataset.path.value.contains("://") { return settings.storageOptions.merging(own) { $1 } }
        if !own.isEmpty, let place = fields["storage_options"]?.location {
            findings.warning(
                "`storage_options` of input `\(dataset.id)` has a meaning only where `filepath` is an address, such as"
                    + " `s3://bucket/key`.",
                at: place
            )
        }
        return [:]
    }
}
