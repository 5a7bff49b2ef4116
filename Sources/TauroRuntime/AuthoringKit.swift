import TauroBasics

/// What plugins are built with: the headers of this host, and its Swift package.
package struct AuthoringKit: Sendable {
    /// Absolute directory that holds `tauro/tauro.h`.
    package let includeDirectory: String
    /// Absolute directory of a checkout of this package; nil where only the headers are installed.
    package let checkout: String?

    /// The kit of a checkout; nil if `directory`, an absolute path, is none.
    package init?(checkout directory: String) {
        let include = FilePath.join(directory, "include")
        guard AuthoringKit.hasHeader(include), FileSystem.exists(FilePath.join(directory, "Package.swift")) else {
            return nil
        }
        self.init(includeDirectory: include, checkout: directory)
    }

    private init(includeDirectory: String, checkout: String?) {
        self.includeDirectory = includeDirectory
        self.checkout = checkout
    }

    /// The kit that the running program belongs to: that of the checkout it was built in, else the headers installed in
    /// `../include` beside it; nil without either.
    package static func ofRunningProgram() -> AuthoringKit? {
        guard let directory = program.map({ FilePath.parent($0) }) else { return nil }
        if let checkout = HostInstallation.checkout(above: directory), let kit = AuthoringKit(checkout: checkout) {
            return kit
        }
        let include = FilePath.join(FilePath.parent(directory), "include")
        return hasHeader(include) ? AuthoringKit(includeDirectory: include, checkout: nil) : nil
    }

    /// Absolute path of the running program.
    package static var program: String? { HostInstallation.executable }

    private static func hasHeader(_ include: String) -> Bool {
        FileSystem.exists(FilePath.join(include, "tauro/tauro.h"))
    }
}
