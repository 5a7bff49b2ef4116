import TauroBasics
import TauroConfig
import TauroEngine
import TauroIO
package import TauroModel
import TauroPluginHost

/// What of the host and of the things it can use is on this machine: found without a network, and without installing,
/// starting or changing anything but a worker process and the engine.
package struct InstallationSurvey: Sendable {
    /// In the order of `InstalledPart.Name`.
    package let parts: [InstalledPart]
    /// The engine's extensions; empty where there is no engine.
    package let extensions: [EngineInspection.Extension]
    package let resources: MachineResources

    /// Looks; `project`, a directory or a file in it, is where a project's own engine would be.
    package init(project: String) throws {
        let path = try BaseExecutor.absolute(project)
        let project = FileSystem.isDirectory(path) ? path : FilePath.parent(path)
        let environment = ProcessEnvironment.variables()
        let engine = EngineSearch(project: project)
        let programs = ProgramSearch(environment)
        let optional = OptionalParts(environment: environment, programs: programs)
        parts =
            Self.required(engine) + [Self.compiler(programs), Self.headers]
            + [
                Self.arrow(project),
                Self.library(.kafka) { try .kafka(HostInstallation.nativeParts(project: project)) },
                Self.driver(.postgresql, project), Self.driver(.sqlite, project), optional.spark, optional.mlflow,
            ]
        extensions = engine.inspection?.extensions ?? []
        resources = MachineResources(project: project)
    }

    /// Whether everything that runs need is there.
    package var isComplete: Bool { parts.allSatisfy { !$0.name.isRequired || $0.state == .found } }

    private static func required(_ engine: EngineSearch) -> [InstalledPart] {
        [
            InstalledPart(.host, .found, version: "\(HostVersion.text)", place: HostInstallation.executable), worker,
            engine.part, linked(.libyaml, function: "yaml_parser_parse", version: YAMLLibrary.version),
            linked(.libffi, function: "ffi_call", version: nil),
        ]
    }

    private static var worker: InstalledPart {
        guard let program = HostInstallation.program() else { return InstalledPart(.worker, .missing) }
        do {
            try WorkerTrial.run(program: program)
            return InstalledPart(.worker, .found, version: "\(HostVersion.text)", place: program)
        } catch {
            return InstalledPart(.worker, .broken, place: program, problem: error.message)
        }
    }

    /// A library that this program was linked with: without it the program would not run.
    private static func linked(_ name: InstalledPart.Name, function: String, version: String?) -> InstalledPart {
        let file = LoadedObject.name(ofFunction: function).map { (try? FileSystem.realPath($0)) ?? $0 }
        return InstalledPart(name, .found, version: version, place: file)
    }

    private static func arrow(_ project: String) -> InstalledPart {
        do {
            let found = try ArrowInspection(HostInstallation.nativeParts(project: project))
            let file = (try? FileSystem.realPath(found.library)) ?? found.library
            return InstalledPart(.arrow, .found, version: found.release, place: file)
        } catch {
            return InstalledPart(.arrow, .missing, problem: error.message)
        }
    }

    /// The driver of a database; the part has the format's name.
    private static func driver(_ name: InstalledPart.Name, _ project: String) -> InstalledPart {
        library(name) { try .database(name.rawValue, HostInstallation.nativeParts(project: project)) }
    }

    private static func library(_ name: InstalledPart.Name, _ look: () throws -> LibraryInspection) -> InstalledPart {
        do {
            let found = try look()
            let file = found.path.map { (try? FileSystem.realPath($0)) ?? $0 }
            return InstalledPart(name, .found, version: found.version, place: file)
        } catch {
            return InstalledPart(name, .missing, problem: (error as? ResourceError)?.message ?? "\(error)")
        }
    }

    private static func compiler(_ programs: ProgramSearch) -> InstalledPart {
        guard let program = programs.find(["cc", "gcc", "clang"]) else { return InstalledPart(.compiler, .missing) }
        do throws(SystemError) {
            guard let version = try programs.version(of: program) else {
                return InstalledPart(.compiler, .broken, place: program, problem: "it does not tell its version")
            }
            return InstalledPart(.compiler, .found, version: version, place: program)
        } catch {
            return InstalledPart(.compiler, .broken, place: program, problem: error.description)
        }
    }

    private static var headers: InstalledPart {
        guard let kit = AuthoringKit.ofRunningProgram() else { return InstalledPart(.headers, .missing) }
        return InstalledPart(.headers, .found, place: kit.includeDirectory)
    }
}

/// The search for the embedded engine, as a run would make it.
private struct EngineSearch {
    let part: InstalledPart
    let inspection: EngineInspection?

    init(project: String) {
        let engine = HostInstallation.engine(project: project, threads: 1)
        do {
            let inspection = try engine.inspect()
            let file = (try? FileSystem.realPath(inspection.library)) ?? inspection.library
            part = InstalledPart(.duckdb, .found, version: inspection.version, place: file)
            self.inspection = inspection
        } catch {
            let isMissing = (error as? SQLError)?.code == .missingEngine
            part = InstalledPart(.duckdb, isMissing ? .missing : .broken, problem: "\(error)")
            inspection = nil
        }
    }
}
