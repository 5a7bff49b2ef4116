import TauroBasics
public import TauroIO
public import TauroModel

extension InputLoader {
    /// Creates a loader for a project, on the embedded engine; nothing is loaded yet.
    ///
    /// - Parameters:
    ///   - context: the project.
    ///   - ignoringEnvironmentPaths: whether libraries that environment variables name count for nothing.
    public convenience init(context: Context, ignoringEnvironmentPaths: Bool = false) {
        self.init(
            engine: EmbeddedEngines.engine(of: context, ignoringEnvironmentPaths: ignoringEnvironmentPaths),
            context: context,
            parts: HostInstallation.nativeParts(
                project: context.projectDirectory,
                ignoringEnvironment: ignoringEnvironmentPaths
            ),
            environment: ProcessEnvironment.variables()
        )
    }
}

extension DataOutputManager {
    /// Creates a manager for a project, on the same embedded engine as its loader; nothing is loaded yet.
    ///
    /// - Parameters:
    ///   - context: the project.
    ///   - ignoringEnvironmentPaths: whether libraries that environment variables name count for nothing.
    public convenience init(context: Context, ignoringEnvironmentPaths: Bool = false) {
        self.init(
            engine: EmbeddedEngines.engine(of: context, ignoringEnvironmentPaths: ignoringEnvironmentPaths),
            writers: Processors.count,
            parts: HostInstallation.nativeParts(
                project: context.projectDirectory,
                ignoringEnvironment: ignoringEnvironmentPaths
            ),
            syncs: context.globalSettings.durability == .power
        )
    }
}
