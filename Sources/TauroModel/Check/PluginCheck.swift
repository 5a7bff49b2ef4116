/// One check of `plugins check`, by the id that people and their scripts know it by.
///
/// An id never changes its meaning. Its letter says what the check mostly leads to; a finding's severity decides.
package enum PluginCheck: String, CaseIterable, Sendable, Hashable {
    case sharedObject = "E01"
    case note = "E02"
    case names = "E03"
    case functions = "E04"
    case defaults = "E05"
    case memoryRights = "E06"
    case exports = "W07"
    case uniqueSymbols = "W08"
    case staticTLS = "W09"
    case searchPaths = "E10"
    case neededLibraries = "E11"
    case swiftRuntime = "E12"
    case constructors = "W13"
    case trust = "E14"
    case facts = "I15"

    /// How a check is made.
    package enum Group: String, CaseIterable, Sendable, Hashable {
        /// The file is read, no byte of it runs.
        case `static`
    }

    package var group: Group { .static }

    /// What is looked at, in a few words.
    package var title: String {
        switch self {
        case .sharedObject: "a shared object for this machine"
        case .note: "the notes and their ABI version"
        case .names: "the names of nodes, inputs and parameters"
        case .functions: "the functions of the nodes"
        case .defaults: "the defaults of the parameters"
        case .memoryRights: "no memory that is both written and run"
        case .exports: "no symbols beside the nodes"
        case .uniqueSymbols: "no symbols shared by all libraries"
        case .staticTLS: "no static thread-local storage"
        case .searchPaths: "where libraries are looked for"
        case .neededLibraries: "the libraries it needs"
        case .swiftRuntime: "the Swift runtime"
        case .constructors: "no code that runs when it is loaded"
        case .trust: "owner and permissions"
        case .facts: "facts"
        }
    }
}
