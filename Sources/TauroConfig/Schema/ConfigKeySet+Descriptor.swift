extension ConfigKeySet {
    /// The keys of a project descriptor, `settings_yml.json`.
    package static let descriptor = ConfigKeySet(
        "a project descriptor",
        openness: .open,
        [
            ConfigKey(
                "base_path",
                .text,
                "The directory that paths begin at; relative to the descriptor, `.` unless said."
            ),
            ConfigKey(
                "env_config",
                .map,
                presence: .required,
                "The environments of the project, each with the paths of its files."
            ),
        ]
    )

    /// The keys of one environment of a project descriptor.
    package static let descriptorEnvironment = ConfigKeySet(
        "an environment of a project descriptor",
        ConfigSection.allCases.map { section in
            ConfigKey(
                section.descriptorKey,
                .text,
                "The file that holds `\(section.rawValue)`; relative to `base_path`."
            )
        }
    )
}

extension ConfigSection {
    /// The key that names the section's file in a project descriptor.
    var descriptorKey: String { (names.last ?? rawValue) + "_path" }
}
