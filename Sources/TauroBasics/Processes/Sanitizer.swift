import Glibc

/// A sanitizer of the compiler that watches this process.
///
/// What it keeps for itself shows: it holds freed memory back, reserves terabytes of addresses and answers some deaths in
/// its own way, so that figures of the process are not those of its program.
package enum Sanitizer: String, Sendable {
    case address
    case thread

    /// The one that was linked into the program or loaded before it; nil where there is none.
    package static let current: Sanitizer? =
        dlsym(nil, "__asan_init") != nil ? .address : dlsym(nil, "__tsan_init") != nil ? .thread : nil
}
