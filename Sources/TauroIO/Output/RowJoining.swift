import TauroBasics
import TauroEngine
import TauroModel

/// Brings what stays of a stored dataset together with new files that lie aside, before these take its place.
final class RowJoining {
    private let agreement: SchemaAgreement
    private let replaced: ReplacedPartitions?
    private var carried = CarriedFiles()
    private var dataset: DatasetDefinition { agreement.dataset }

    init(_ agreement: SchemaAgreement, replaced: ReplacedPartitions?) {
        self.agreement = agreement
        self.replaced = replaced
    }

    /// Fills `staged` up; may be repeated when the stored dataset has changed meanwhile.
    ///
    /// `replaced` are files of the stored dataset that do not stay, whatever they hold: they are not even looked into.
    ///
    /// Nobody else may change the stored dataset before `staged` has taken its place.
    ///
    /// - Throws: `DatasetError` where the new rows do not fit.
    func join(_ stored: String, into staged: String, without replaced: Set<String>) throws {
        try carried.drop()
        guard FileSystem.exists(stored) else { return }
        switch dataset.writeMode {
        case .append: try append(stored, staged, replaced)
        case .overwrite: try overwrite(stored, staged, replaced)
        case .ignore, .error: break
        }
    }

    private func append(_ stored: String, _ staged: String, _ taken: Set<String>) throws {
        try checkFormat(of: stored, taken)
        let isUnion = try agreement.check(new: staged, against: stored, without: taken)
        try carried.carry(stored, to: staged) { !taken.contains($0) }
        if isUnion { try StoredSchema(unitingThoseIn: staged).write(to: staged) }
    }

    private func overwrite(_ stored: String, _ staged: String, _ taken: Set<String>) throws {
        if let replaced {
            try checkFormat(of: stored, taken)
            let isUnion = try agreement.check(new: staged, against: stored, without: taken)
            let directories = try replaced.directories(in: stored)
            try carried.carry(stored, to: staged) { !directories.contains($0) && !taken.contains($0) }
            if isUnion { try StoredSchema(unitingThoseIn: staged).write(to: staged) }
        } else if dataset.layout.overwritesSchema?.value == false {
            _ = try agreement.check(new: staged, against: stored, without: taken)
        }
    }

    /// Rows join only rows of their own format.
    private func checkFormat(of stored: String, _ taken: Set<String>) throws {
        let formats = try OutputFileName.formats(of: OutputFiles.paths(below: stored).filter { !taken.contains($0) })
        guard let other = formats.subtracting([dataset.format.value]).min() else { return }
        throw DatasetError(
            .unwritable,
            "output '\(dataset.id)': \(dataset.path.value) holds \(other), to which rows can not be added as"
                + " \(dataset.format.value); keep the format, or begin anew with write_mode: overwrite"
        )
    }
}
