/// The program's version: what `--version` prints and plugins read as `host->version`.
package enum HostVersion {
    /// Three numbers, for people; compatibility goes by the ABI's own numbers.
    package static let text: StaticString = "0.1.0"
}
