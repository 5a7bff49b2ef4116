@preconcurrency import Glibc

/// The environment variables of this process.
package enum ProcessEnvironment {
    /// All variables.
    ///
    /// Call it at the start, while nobody changes them.
    package static func variables() -> [String: String] {
        var variables: [String: String] = [:]
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let pointer = next, let entry = pointer.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next = pointer.advanced(by: 1)
        }
        return variables
    }
}
