import Glibc

/// A shared library that was loaded into this process and stays: code of it may be on a stack or in a finaliser at
/// any time, so it is never unloaded.
///
/// Safe from any thread.
package struct DynamicLibrary: @unchecked Sendable {
    /// The path or name it was opened by.
    package let path: String
    // dlsym may be called with a handle from any thread, and the handle never changes.
    private let handle: UnsafeMutableRawPointer

    /// Loads a library and what it needs, with every symbol resolved at once so that a missing one shows here.
    ///
    /// `path` is a path, or a name for the loader's own search. With `global` the symbols are offered to libraries
    /// that are loaded later.
    package init(opening path: String, global: Bool = false) throws(DynamicLibraryError) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_NODELETE | (global ? RTLD_GLOBAL : RTLD_LOCAL)) else {
            throw DynamicLibraryError(path: path, symbol: nil, text: Self.lastError())
        }
        self.path = path
        self.handle = handle
    }

    /// Loads a library with functions resolved at their first call, for libraries that name symbols they do not use.
    package init(openingLazily path: String, global: Bool = false) throws(DynamicLibraryError) {
        guard let handle = dlopen(path, RTLD_LAZY | RTLD_NODELETE | (global ? RTLD_GLOBAL : RTLD_LOCAL)) else {
            throw DynamicLibraryError(path: path, symbol: nil, text: Self.lastError())
        }
        self.path = path
        self.handle = handle
    }

    /// The address of a symbol.
    package func symbol(_ name: String) throws(DynamicLibraryError) -> UnsafeMutableRawPointer {
        guard let address = dlsym(handle, name) else {
            throw DynamicLibraryError(path: path, symbol: name, text: Self.lastError())
        }
        return address
    }

    /// A function of the library.
    ///
    /// `type` is a `@convention(c)` function type, which the caller knows to be the symbol's.
    package func function<Function>(_ name: String, as type: Function.Type) throws(DynamicLibraryError) -> Function {
        let address = try symbol(name)
        precondition(MemoryLayout<Function>.size == MemoryLayout<UnsafeMutableRawPointer>.size)
        return unsafeBitCast(address, to: type)
    }

    /// The loader's words for the last failure on this thread.
    private static func lastError() -> String { dlerror().map { String(cString: $0) } ?? "unknown loader error" }
}

/// A library that can not be loaded, or lacks a symbol.
package struct DynamicLibraryError: Error, Hashable, CustomStringConvertible {
    /// The path or name it was opened by.
    package let path: String
    /// The symbol that is missing; nil where the library itself could not be loaded.
    package let symbol: String?
    /// The loader's own words.
    package let text: String

    /// One sentence without a full stop.
    package var description: String {
        guard let symbol else { return "could not load \(path): \(text)" }
        return "could not find \(symbol) in \(path): \(text)"
    }
}
