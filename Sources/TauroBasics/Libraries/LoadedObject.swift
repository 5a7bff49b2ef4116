import Glibc

/// The files that make up this process: the program and its libraries.
package enum LoadedObject {
    /// The name of the file that the code at an address came from, as the loader knows it; nil where it knows none.
    package static func name(at address: UnsafeRawPointer?) -> String? {
        guard let address, let describe = GNUFunctions.describeAddress else { return nil }
        // A `Dl_info`: file name, base, symbol name, symbol address.
        return withUnsafeTemporaryAllocation(of: UInt.self, capacity: 4) { found in
            found.initialize(repeating: 0)
            guard describe(address, found.baseAddress) != 0 else { return nil }
            return UnsafePointer<CChar>(bitPattern: found[0]).map { String(cString: $0) }
        }
    }

    /// The paths of the files that this process has mapped, as code or data, sorted.
    package static func mappedFiles() -> [String] {
        let maps = (try? FileSystem.readText("/proc/self/maps")) ?? ""
        let paths = maps.split(separator: "\n").compactMap { line in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        }
        return Set(paths).sorted()
    }

    /// The name of the file that a function of this process comes from; nil where there is no such function.
    package static func name(ofFunction function: String) -> String? {
        dlsym(nil, function).flatMap { name(at: $0) }
    }
}
