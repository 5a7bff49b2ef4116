import Foundation

/// A good project with one defect.
struct BrokenProject {
    /// What is done to a file of the good project; files are named below the project.
    enum Change {
        /// Puts `new` in the place of `old`, which stands there once.
        case replace(String, String, in: String = Files.nodes)
        /// Adds text at the end.
        case append(String, to: String = Files.nodes)
        /// Makes the file what is given, be it there or not.
        case write([UInt8], to: String = Files.nodes)
        case remove(String)
        /// Puts a symbolic link to `target` in the file's place.
        case link(String, to: String)
        case directory(String)
        /// Puts a named pipe in the file's place.
        case pipe(String)
        /// Makes the file this many bytes long, which take no place on the disk.
        case size(Int, of: String)

        /// Makes the file this text.
        static func text(_ text: String, to file: String = Files.nodes) -> Change { .write(Array(text.utf8), to: file) }
    }

    /// The files of the good project.
    enum Files {
        static let settings = "config/global_settings.yaml"
        static let pipelines = "config/pipelines.yaml"
        static let nodes = "config/nodes.yaml"
        static let input = "config/input.yaml"
        static let output = "config/output.yaml"
    }

    /// The defect's name.
    let name: String
    /// What the first error must name.
    let thing: String
    let changes: [Change]
    /// The verb and its arguments.
    let command: [String]
    let environment: [String: String]

    init(
        _ name: String,
        names thing: String,
        _ changes: Change...,
        command: [String] = ["validate"],
        environment: [String: String] = [:]
    ) {
        self.name = name
        self.thing = thing
        self.changes = changes
        self.command = command
        self.environment = environment
    }

    /// The text of every file of the good project.
    static let good = [
        Files.settings: """
        project_name: shop
        output_path: out
        start_date: "2025-01-01"
        end_date: "2025-01-31"
        max_workers: 2
        lake: ${output_path}/lake

        """,
        Files.pipelines: """
        daily:
          nodes: [load, keep, sum]
          description: From rows to their sum.

        """,
        Files.nodes: """
        load:
          function: t.pass
          input: [raw]
          output: bronze.rows

        keep:
          function: t.pass
          input: [bronze.rows]
          output: [silver.rows]

        sum:
          function: t.total
          dependencies: [keep]
          params:
            scale: 2.0
            strict: true
            label: all
          output: gold.total

        """,
        Files.input: """
        raw:
          format: csv
          path: data/raw.csv
          schema: {n: BIGINT, name: VARCHAR}

        """,
        Files.output: """
        bronze.rows: {format: parquet, write_mode: overwrite}
        gold.total:
          format: csv
          options: {header: true}

        """,
        "data/raw.csv": "n,name\n1,a\n2,b\n",
    ]

    /// The nodes of the good project.
    static var goodNodes: String { good[Files.nodes] ?? "" }

    /// `t.*` of every test, a function with a parameter that has no default, and one that returns an artifact.
    static let plugin =
        TestProject.nodes
            + """

            TAURO_NODE(b_need, "b.need", TAURO_FRAME(rows), TAURO_I64(limit, TAURO_REQUIRED)) {
              (void)limit;
              return tauro_emit_frame(out, rows);
            }
            TAURO_NODE(b_picture, "b.picture", TAURO_RETURNS(artifact)) {
              return tauro_emit_bytes(out, "image/png", "x", 1);
            }

            """

    /// Writes the project, `plugin` linked into its plugins.
    func write(to directory: String, plugin: String) throws {
        let files = FileManager.default
        for (name, text) in BrokenProject.good { try put(Array(text.utf8), at: directory + "/" + name) }
        try files.createDirectory(atPath: directory + "/plugins", withIntermediateDirectories: true)
        try files.linkItem(atPath: plugin, toPath: directory + "/plugins/nodes.so")
        for change in changes { try apply(change, in: directory + "/") }
    }

    private func apply(_ change: Change, in directory: String) throws {
        let files = FileManager.default
        switch change {
        case .replace(let old, let new, let file):
            let parts = try String(contentsOfFile: directory + file, encoding: .utf8).components(separatedBy: old)
            guard parts.count == 2 else { throw Inapplicable(defect: name, text: old) }
            try put(Array(parts.joined(separator: new).utf8), at: directory + file)
        case .append(let text, let file):
            let old = try String(contentsOfFile: directory + file, encoding: .utf8)
            try put(Array((old + text).utf8), at: directory + file)
        case .write(let bytes, let file): try put(bytes, at: directory + file)
        case .remove(let file): try files.removeItem(atPath: directory + file)
        case .link(let target, let file):
            try? files.removeItem(atPath: directory + file)
            try files.createSymbolicLink(atPath: directory + file, withDestinationPath: target)
        case .directory(let file):
            try? files.removeItem(atPath: directory + file)
            try files.createDirectory(atPath: directory + file, withIntermediateDirectories: true)
        case .pipe(let file):
            try? files.removeItem(atPath: directory + file)
            guard mkfifo(directory + file, 0o600) == 0 else { throw POSIXError(.EIO) }
        case .size(let size, let file):
            guard truncate(directory + file, off_t(size)) == 0 else { throw POSIXError(.EIO) }
        }
    }

    private func put(_ bytes: [UInt8], at path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// The good project does not have the text once, so the defect says nothing.
    struct Inapplicable: Error {
        let defect: String
        let text: String
    }
}
