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

    /// Whether the program runs with more rights than whoever started it, so that variables are not to be trusted.
    ///
    /// The system says so in the auxiliary vector, `AT_SECURE` of `getauxval(3)`, which Swift's Glibc module does not
    /// show. A system that can not be asked is taken to say no: it is one without such programs.
    package static let isElevated: Bool = {
        typealias AuxiliaryValue = @convention(c) (UInt) -> UInt
        guard let function = dlsym(nil, "getauxval") else { return false }
        let secure: UInt = 23
        return unsafeBitCast(function, to: AuxiliaryValue.self)(secure) != 0
    }()
}
