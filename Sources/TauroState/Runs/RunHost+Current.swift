import Glibc
package import TauroBasics
package import TauroModel

extension RunHost {
    /// This process, which takes a run now.
    package static func current(at moment: Timestamp) -> RunHost {
        RunHost(
            process: getpid(),
            boot: BootIdentifier.current(),
            machine: machineName(),
            version: "\(HostVersion.text)",
            beganAt: moment
        )
    }

    /// Whether its process seems to live: one with its number does, and the machine was not started anew since.
    ///
    /// Of another machine's process nothing is known, and the answer is no.
    var seemsAlive: Bool {
        boot == BootIdentifier.current() && (kill(process, 0) == 0 || errno == EPERM)
    }

    /// Who it is, for people: `process 41 on machine a, since 2026-01-31T10:00:00.000Z`.
    package var introduction: String { "process \(process) on machine \(machine), since \(beganAt)" }

    private static func machineName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
