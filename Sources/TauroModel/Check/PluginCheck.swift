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

    case loading = "L1"
    case loadTime = "L2"
    case loadOutput = "L3"
    case processState = "L4"
    case secondLoad = "L5"

    case defaultCall = "C1"
    case fewRows = "C2"
    case shapes = "C3"
    case otherColumns = "C4"
    case extremes = "C5"
    case dates = "C6"
    case mlContext = "C7"
    case bounds = "C8"
    case releases = "C9"
    case result = "C10"
    case cancellation = "C11"
    case failingInput = "C12"
    case growth = "C13"
    case threads = "C14"
    case repetition = "C15"
    case afterReturn = "C16"
    case errorNames = "C17"
    case time = "C18"

    /// How a check is made.
    package enum Group: String, CaseIterable, Sendable, Hashable {
        /// The file is read, no byte of it runs.
        case `static`
        /// The file is loaded into a worker process.
        case load
        /// A node is called in a worker process.
        case call
    }

    package var group: Group {
        switch rawValue.first {
        case "L": .load
        case "C": .call
        default: .static
        }
    }

    /// The checks of a group, in the order they are made.
    package static func all(of group: Group) -> [PluginCheck] { allCases.filter { $0.group == group } }

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
        case .loading: "it can be loaded"
        case .loadTime: "loading is quick"
        case .loadOutput: "loading prints nothing"
        case .processState: "loading leaves the process as it was"
        case .secondLoad: "it loads a second time as the first"
        case .defaultCall: "a call with the declared defaults"
        case .fewRows: "no batch, no row, one row"
        case .shapes: "nulls, slices, many batches, long and foreign text"
        case .otherColumns: "other columns than it expects"
        case .extremes: "extreme values"
        case .dates: "dates and no dates"
        case .mlContext: "without an ML context and with one"
        case .bounds: "inputs are not written to nor read beyond"
        case .releases: "each Arrow structure is released once"
        case .result: "what it returns is sound"
        case .cancellation: "it stops when it is told to"
        case .failingInput: "an input that can not be read is passed on"
        case .growth: "100 calls leave nothing behind"
        case .threads: "calls from other threads"
        case .repetition: "the same result twice"
        case .afterReturn: "it uses nothing of a call that is over"
        case .errorNames: "errors name the column or parameter"
        case .time: "a call ends in time"
        }
    }
}
