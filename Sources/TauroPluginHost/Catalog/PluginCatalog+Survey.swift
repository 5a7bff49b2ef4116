import TauroBasics
package import TauroModel

extension PluginCatalog {
    /// Everything that the search saw.
    ///
    /// Reads every plugin whole where the project has a lock.
    package func survey() -> PluginSurvey {
        PluginSurvey(
            directories: search.directories.map { searched in
                PluginSurvey.Directory(
                    directory: searched.directory,
                    state: searched.state,
                    files: searched.files.map { PluginSurvey.File(path: $0.path, verdict: verdict($0.finding)) }
                )
            }
        )
    }

    /// What the project's lock says about a plugin that was taken.
    package func lockState(of plugin: NodeSignature.Plugin) -> PluginLockState {
        lock?.state(of: plugin) ?? .noLock
    }

    private func verdict(_ finding: PluginSearch.Finding) -> PluginSurvey.Verdict {
        switch finding {
        case .refused(let refusal): return .refused(refusal)
        case .repeated(let path): return .repeated(path)
        case .plugin(let index):
            let file = search.plugins[index]
            return .taken(
                TakenPlugin(
                    plugin: file.plugin,
                    abi: file.abi.description,
                    nodes: file.signatures.map(\.name),
                    owner: file.status.owner,
                    permissions: file.status.permissions,
                    lock: lockState(of: file.plugin),
                    conflict: refusals.first { $0.path == file.plugin.path && !$0.duplicates.isEmpty }
                )
            )
        }
    }
}
