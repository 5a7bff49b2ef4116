import Synchronization
import TauroEngine
import TauroModel

/// The embedded engines of this process: one for each project and its limits, for as long as anything uses it.
///
/// What reads and what stores a project's data has one engine together, so that `memory_limit` holds for both.
enum EmbeddedEngines {
    /// What engines differ in.
    private struct Key: Hashable {
        let project: String
        let memoryLimit: Int64?
        let temporaryDirectory: String?
        let ignoresEnvironment: Bool
    }

    private struct Known {
        weak var engine: DuckDBEngine?
    }

    private static let known = Mutex<[Key: Known]>([:])

    /// The engine of a project; nothing is loaded yet when it is new.
    static func engine(of context: Context, ignoringEnvironmentPaths: Bool) -> any Engine {
        let settings = context.globalSettings
        let key = Key(
            project: context.projectDirectory,
            memoryLimit: settings.memoryLimit,
            temporaryDirectory: settings.temporaryDirectory,
            ignoresEnvironment: ignoringEnvironmentPaths
        )
        return known.withLock { known in
            if let engine = known[key]?.engine { return engine }
            let engine = BaseExecutor.embeddedEngine(
                project: context.projectDirectory,
                settings: settings,
                ignoringEnvironmentPaths: ignoringEnvironmentPaths
            )
            known = known.filter { $0.value.engine != nil }
            known[key] = Known(engine: engine)
            return engine
        }
    }
}
