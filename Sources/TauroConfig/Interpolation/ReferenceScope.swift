import TauroModel

/// Where the names in `${…}` are looked up, and what is said when one is not there.
struct ReferenceScope {
    /// Whether a name without a value is told; what refers to it is unusable in either case.
    var complainsUnresolved = true
    private let dates: DateWindow
    private let environmentVariables: [String: String]
    private let settings: [String: ConfigValue]
    private let settingNames: [String]
    /// False when the global settings could not be read, so that their names are not known.
    private let hasSettings: Bool
    /// False for what is read before any settings.
    private let takesSettings: Bool

    /// For files that say where the settings are, so that no reference can mean one of these.
    init(dates: DateWindow, environmentVariables: [String: String]) {
        self.dates = dates
        self.environmentVariables = environmentVariables
        settings = [:]
        settingNames = []
        hasSettings = true
        takesSettings = false
    }

    /// `settings` are the global settings as written; nil where they could not be read.
    init(dates: DateWindow, environmentVariables: [String: String], settings: ConfigValue?) {
        self.dates = dates
        self.environmentVariables = environmentVariables
        hasSettings = settings != nil
        takesSettings = true
        var entries: [ConfigValue.Entry] = []
        if case .map(let written)? = settings?.content { entries = written }
        settingNames = entries.map(\.key)
        self.settings = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the global settings have this key.
    func hasSetting(_ name: String) -> Bool { settings[name] != nil }

    /// A global setting as written.
    func setting(_ name: String) -> ConfigValue? { settings[name] }

    /// What the call or the environment says; an empty variable gives way to a default.
    func environmentText(of reference: Template.Reference) -> Lookup? {
        if !reference.isSecret, let date = callDate(reference.name) {
            return .text(date, isSecret: false, isPlain: false)
        }
        guard let text = environmentVariables[reference.name] else { return nil }
        if text.isEmpty, reference.fallback != nil { return nil }
        return .text(text, isSecret: reference.isSecret, isPlain: !reference.isSecret)
    }

    /// Says what is missing and how to give it.
    func complainUnresolved(_ reference: Template.Reference, at location: SourceLocation, findings: Findings) {
        if !complainsUnresolved { return }
        let name = reference.name
        if reference.isSecret {
            return findings.error(
                "The secret `${secret:\(name)}` is not set.",
                at: location,
                notes: ["Set the environment variable \(name) before the run."]
            )
        }
        // What is wrong with the settings' file is said already, and the name may well be in it.
        if !hasSettings { return }
        if takesSettings, name == "start_date" || name == "end_date" {
            let option = name == "start_date" ? "--start-date" : "--end-date"
            return findings.error(
                "`${\(name)}` has no value: this run has no \(name == "start_date" ? "start" : "end") date.",
                at: location,
                notes: ["Give it with \(option) YYYY-MM-DD, or set `\(name)` in global_settings."]
            )
        }
        let candidates = settingNames + environmentVariables.keys.sorted() + ["start_date", "end_date"]
        let end = Suggestion.end(for: name, in: candidates) { "`${\($0)}`" }
        findings.error(
            "`${\(name)}` has no value\(end)",
            at: location,
            notes: [
                "Set the environment variable \(name)\(takesSettings ? ", add `\(name)` to global_settings," : ",") "
                    + "or give a default with `${\(name):-…}`."
            ]
        )
    }

    private func callDate(_ name: String) -> String? {
        switch name {
        case "start_date": dates.start
        case "end_date": dates.end
        default: nil
        }
    }
}
