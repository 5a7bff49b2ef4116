/// What the embedded engine is made of.
package struct EngineInspection: Sendable {
    /// A part of the engine that a build of it may have or lack.
    package struct Extension: Sendable {
        package let name: String
        package let isLoaded: Bool
        /// Whether it is on this machine.
        package let isInstalled: Bool
        /// Empty where it is not installed.
        package let version: String
        /// Where it is: a file, or `(BUILT-IN)`; empty where it is not installed.
        package let place: String

        package init(name: String, isLoaded: Bool, isInstalled: Bool, version: String, place: String) {
            self.name = name
            self.isLoaded = isLoaded
            self.isInstalled = isInstalled
            self.version = version
            self.place = place
        }
    }

    /// The library's file, by the path or name it was opened by.
    package let library: String
    package let version: String
    /// By name.
    package let extensions: [Extension]

    package init(library: String, version: String, extensions: [Extension]) {
        self.library = library
        self.version = version
        self.extensions = extensions
    }
}
