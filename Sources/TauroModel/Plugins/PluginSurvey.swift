/// Everything that the search for plugins saw: each directory, each file in it, and why it was taken or not.
package struct PluginSurvey: Sendable {
    /// In the order of the search.
    package let directories: [Directory]

    package init(directories: [Directory]) { self.directories = directories }

    /// A directory and what is in it.
    package struct Directory: Sendable {
        package let directory: PluginDirectory
        package let state: State
        /// The files named `*.so`, in the order they were looked at.
        package let files: [File]

        package init(directory: PluginDirectory, state: State, files: [File] = []) {
            self.directory = directory
            self.state = state
            self.files = files
        }
    }

    /// What became of a directory.
    package enum State: Sendable, Hashable {
        case searched
        /// There is no such directory.
        case missing
        /// It was not looked at; why, in words.
        case ignored(String)
        /// The system refused; in its words.
        case unreadable(String)
    }

    /// A file, by the name it has in the directory.
    package struct File: Sendable {
        package let path: String
        package let verdict: Verdict

        package init(path: String, verdict: Verdict) {
            self.path = path
            self.verdict = verdict
        }
    }

    /// What became of a file.
    package enum Verdict: Sendable {
        case taken(TakenPlugin)
        case refused(PluginRefusal)
        /// The file was found before, under this path.
        case repeated(String)
    }
}

/// A directory that plugins are looked for in.
package struct PluginDirectory: Sendable, Hashable {
    /// Who named it.
    ///
    /// Raw values are for programs.
    package enum Origin: String, Sendable, Hashable {
        /// It is the project's own.
        case project
        /// The key `plugins` of global settings.
        case settings
        /// The environment variable `TAURO_PLUGIN_PATH`.
        case variable
        /// The user's directory for data.
        case user
        /// `/usr/local`, then `/usr`.
        case system
    }

    /// Absolute path.
    package let path: String
    package let origin: Origin
    /// Why it is not searched, in words; nil if it is.
    package let ignored: String?

    package init(_ path: String, _ origin: Origin, ignored: String? = nil) {
        self.path = path
        self.origin = origin
        self.ignored = ignored
    }
}

/// A plugin that was taken, with what people want to know of its file.
package struct TakenPlugin: Sendable {
    package let plugin: NodeSignature.Plugin
    /// The version of the C ABI it was built for.
    package let abi: String
    /// The dotted names of its nodes, in the order of the file.
    package let nodes: [String]
    /// The user the file belongs to.
    package let owner: UInt32
    /// The last twelve bits of the file's mode.
    package let permissions: UInt32
    package let lock: PluginLockState
    /// Which of its nodes can not be used because other files have nodes of the same names; nil if all can.
    package let conflict: PluginRefusal?

    package init(
        plugin: NodeSignature.Plugin,
        abi: String,
        nodes: [String],
        owner: UInt32,
        permissions: UInt32,
        lock: PluginLockState,
        conflict: PluginRefusal?
    ) {
        self.plugin = plugin
        self.abi = abi
        self.nodes = nodes
        self.owner = owner
        self.permissions = permissions
        self.lock = lock
        self.conflict = conflict
    }
}
