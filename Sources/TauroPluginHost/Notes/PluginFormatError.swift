import TauroModel

/// Why a file in a plugin directory is not taken as a plugin.
struct PluginFormatError: Error, Equatable {
    /// What to do about a note that its author's source, or another header, has made as it is.
    private static let rebuild = "mend it in the plugin's source, and build it again with this host's headers"

    /// What is wrong, as the end of a sentence about the file.
    let reason: String
    /// What to do.
    let cure: String
    /// The check that a file with this problem does not pass.
    let check: PluginCheck
    /// The dotted name of the node that it is about, if it is about one.
    let node: String?

    init(_ reason: String, cure: String = rebuild, _ check: PluginCheck = .note, node: String? = nil) {
        self.reason = reason
        self.cure = cure
        self.check = check
        self.node = node
    }

    init(_ error: ElfError) { self.init(error.reason, cure: error.cure, .sharedObject) }

    /// Reason and cure as the end of a sentence about the file.
    var sentence: String { "\(reason); \(cure)" }
}

/// A version of the C ABI, as the type of a note carries it.
struct ABIVersion: Hashable, CustomStringConvertible {
    let major: UInt16
    let minor: UInt16

    init(major: UInt16, minor: UInt16) {
        self.major = major
        self.minor = minor
    }

    init(noteType: UInt32) {
        self.init(major: UInt16(noteType >> 16), minor: UInt16(truncatingIfNeeded: noteType))
    }

    var description: String { "\(major).\(minor)" }

    /// Checks that a host of the version `host` can call a plugin of this one.
    ///
    /// - Throws: `PluginFormatError`, which names both versions and the cure.
    func check(against host: ABIVersion) throws(PluginFormatError) {
        guard major == host.major else {
            throw PluginFormatError(
                "is built for tauro ABI \(self), this host has \(host)",
                cure: "rebuild the plugin with this host's headers"
                    + (major > host.major ? " or use a newer host" : "")
            )
        }
        guard minor <= host.minor else {
            throw PluginFormatError(
                "asks for tauro ABI \(self), this host has \(host)",
                cure: "use a newer host, or rebuild the plugin with TAURO_ABI_TARGET_MINOR \(host.minor)"
            )
        }
    }
}
