import TauroRuntime

/// What people are told of the things that the host needs or can use.
enum PartWords {
    static func title(_ part: InstalledPart.Name) -> String {
        switch part {
        case .host: "tauro-host"
        case .worker: "worker processes"
        case .duckdb: "DuckDB"
        case .libyaml: "libyaml"
        case .libffi: "libffi"
        case .compiler: "C compiler"
        case .headers: "headers for plugins"
        case .arrow: "Arrow for C++"
        case .kafka: "Kafka client"
        case .postgresql: "PostgreSQL driver"
        case .sqlite: "SQLite driver"
        case .spark: "Spark"
        case .mlflow: "MLflow"
        }
    }

    /// What it is for.
    static func purpose(_ part: InstalledPart.Name) -> String {
        switch part {
        case .host: "runs pipelines"
        case .worker: "isolation: process, and plugins check"
        case .duckdb: "SQL, and every file that is read or written"
        case .libyaml: "reads configuration"
        case .libffi: "calls nodes"
        case .compiler, .headers: "building nodes in C"
        case .arrow: "ORC and Arrow files"
        case .kafka: "topics of Kafka"
        case .postgresql: "tables of PostgreSQL"
        case .sqlite: "tables of SQLite"
        case .spark, .mlflow: "nothing in this version"
        }
    }

    /// How to get what is not there.
    static func cure(_ part: InstalledPart) -> String? {
        if part.state == .found { return nil }
        return switch part.name {
        case .host, .libyaml, .libffi: nil
        case .worker:
            part.state == .missing
                ? "name the program tauro-host in TAURO_HOST_PROGRAM"
                : "see that tauro-host may start itself, and that both are of one version"
        case .duckdb:
            "run scripts/setup in a checkout of tauro-host, put libduckdb.so into .tauro/vendor/ of the project, or name it "
                + "in TAURO_DUCKDB_LIBRARY"
        case .compiler: "install one; on Debian: apt-get install gcc libc6-dev make"
        case .headers:
            "install tauro/tauro.h in include/ beside the directory of tauro-host, or use a checkout: --package DIR"
        case .arrow:
            "run scripts/setup in a checkout of tauro-host, copy its .tauro/vendor/arrow/ into .tauro/vendor/ of the project, or "
                + "name its libtauro_arrow.so in TAURO_ARROW_LIBRARY"
        case .kafka:
            "install librdkafka 2.0 or newer; on Debian: apt-get install librdkafka1; or name its librdkafka.so.1 in "
                + "TAURO_KAFKA_LIBRARY"
        case .postgresql, .sqlite:
            "run scripts/setup in a checkout of tauro-host, copy its .tauro/vendor/adbc/ into .tauro/vendor/ of the project, or "
                + "name its libadbc_driver_\(part.name.rawValue).so in TAURO_ADBC_\(part.name.rawValue.uppercased())_LIBRARY"
        case .spark: "set SPARK_REMOTE to the address of a Spark Connect server, or SPARK_HOME to an installation"
        case .mlflow: "set MLFLOW_TRACKING_URI to the address of a tracking server, or install mlflow with pip"
        }
    }

    /// The engine's extensions that decide what can be read and written.
    static let extensions = [
        "parquet", "json", "icu", "httpfs", "delta", "avro", "iceberg", "postgres_scanner", "sqlite_scanner",
    ]

    /// Those that this version uses, besides what every build of DuckDB has.
    static let usedExtensions = ["delta", "avro"]

    static func cure(ofExtension name: String, version: String) -> String {
        let installation = "DuckDB \(version) of the command line installs it: duckdb -c \"INSTALL \(name)\""
        if !usedExtensions.contains(name) { return installation }
        return "run scripts/setup in a checkout of tauro-host, or put \(name).duckdb_extension into "
            + ".tauro/vendor/duckdb/extensions/\(version)/ of the project; \(installation)"
    }
}
