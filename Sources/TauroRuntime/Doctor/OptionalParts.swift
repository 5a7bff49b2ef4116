import TauroBasics

/// The search for what some projects use, and others do without.
struct OptionalParts {
    let environment: [String: String]
    let programs: ProgramSearch

    /// A Spark Connect server that is named, else an installation: where `SPARK_HOME` says, else where `spark-submit` is.
    var spark: InstalledPart {
        if let server = variable("SPARK_REMOTE") {
            return InstalledPart(.spark, .found, place: Self.withoutSecrets(server))
        }
        if let home = variable("SPARK_HOME") {
            guard FileSystem.exists(FilePath.join(home, "bin/spark-submit")) else {
                return InstalledPart(.spark, .broken, place: home, problem: "SPARK_HOME has no bin/spark-submit")
            }
            return InstalledPart(.spark, .found, version: Self.sparkVersion(home), place: home)
        }
        guard let program = programs.find(["spark-submit"]) else { return InstalledPart(.spark, .missing) }
        return InstalledPart(.spark, .found, place: program)
    }

    /// A tracking server that is named, else the program.
    ///
    /// Nobody is asked.
    var mlflow: InstalledPart {
        if let server = variable("MLFLOW_TRACKING_URI") {
            return InstalledPart(.mlflow, .found, place: Self.withoutSecrets(server))
        }
        guard let program = programs.find(["mlflow"]) else { return InstalledPart(.mlflow, .missing) }
        return InstalledPart(.mlflow, .found, place: program)
    }

    private func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The first line of an installation's `RELEASE` is `Spark 4.0.0 (git revision …) built for …`.
    private static func sparkVersion(_ home: String) -> String? {
        let words = (try? FileSystem.readText(FilePath.join(home, "RELEASE")))?.split(whereSeparator: \.isWhitespace)
        return words.flatMap { $0.count > 1 && $0[0] == "Spark" ? String($0[1]) : nil }
    }

    /// An address without what may be a password: before the host's name, in parameters and in a query.
    static func withoutSecrets(_ address: String) -> String {
        let scheme = address.firstRange(of: "://").map { address[..<$0.upperBound] } ?? ""
        let rest = address.dropFirst(scheme.count).prefix { $0 != ";" && $0 != "?" && $0 != "#" }
        let host = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(host.count).prefix { $0 != "@" }
        let shown = host.lastIndex(of: "@").map { host[host.index(after: $0)...] } ?? host
        return "\(scheme)\(shown)\(path)"
    }
}
