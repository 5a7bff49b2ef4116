import TauroBasics
import TauroModel

/// The search for plugins for people: every directory, every file, and why.
struct PluginSurveyText {
    let style: Style

    func lines(_ survey: PluginSurvey) -> [String] {
        survey.directories.enumerated().flatMap { number, searched in
            ["\(number + 1). \(style.bold(searched.directory.path))  \(style.dim(origin(searched.directory.origin)))"]
                + [state(searched)].compactMap { $0 }.map { "     \($0)" } + searched.files.flatMap { lines($0) }
        }
    }

    private func origin(_ origin: PluginDirectory.Origin) -> String {
        switch origin {
        case .project: "the project's own"
        case .settings: "from `plugins` of global settings"
        case .variable: "from TAURO_PLUGIN_PATH"
        case .user: "the user's own"
        case .system: "the system's"
        }
    }

    private func state(_ searched: PluginSurvey.Directory) -> String? {
        switch searched.state {
        case .searched: searched.files.isEmpty ? "no plugins" : nil
        case .missing: "does not exist"
        case .ignored(let reason): reason
        case .unreadable(let reason): style.red(reason)
        }
    }

    private func lines(_ file: PluginSurvey.File) -> [String] {
        switch file.verdict {
        case .taken(let taken):
            ["     \(style.green("taken")) \(file.path)"] + facts(taken).map { fact($0.0, $0.1) }
        case .refused(let refusal):
            [
                "     \(style.red("refused")) \(file.path)", fact("reason", refusal.reason), fact("cure", refusal.cure),
            ]
        case .repeated(let path):
            ["     skipped \(file.path)", fact("reason", "is \(path), which was found before")]
        }
    }

    private func fact(_ label: String, _ text: String) -> String {
        "       " + label + String(repeating: " ", count: 9 - label.count) + text
    }

    private func facts(_ taken: TakenPlugin) -> [(String, String)] {
        let plugin = taken.plugin
        let version = plugin.version.isEmpty ? "" : " \(plugin.version)"
        return [
            ("plugin", "\(plugin.name)\(version), tauro ABI \(taken.abi)"),
            ("nodes", taken.nodes.joined(separator: ", ")),
            ("trusted", "owner \(PluginWords.user(taken.owner)), mode \(FileStatus.mode(taken.permissions))"),
            ("locked", PluginWords.lock(taken.lock)),
        ] + (taken.conflict.map { [("conflict", $0.sentence)] } ?? [])
    }
}

/// Words that every form of a plugin's description uses.
enum PluginWords {
    static func user(_ user: UInt32) -> String { user == 0 ? "root" : "user \(user)" }

    static func lock(_ state: PluginLockState) -> String {
        switch state {
        case .noLock: "no: the project has no tauro.lock"
        case .matches(let sha256): "yes, sha256 \(sha256)"
        case .differs(let locked, let found): "no: tauro.lock has sha256 \(locked), the file has \(found)"
        case .unlisted(let found): "no: tauro.lock does not name it; sha256 \(found)"
        case .unreadable(let reason): "no: the file \(reason)"
        }
    }
}
