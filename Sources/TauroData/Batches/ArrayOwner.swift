import CTauro

/// Owns one imported C array and releases it exactly once, when the last batch or column that refers to it is gone.
///
/// Sendable because the array never changes after `init`; the release runs in `deinit`, when nobody else is left.
final class ArrayOwner: @unchecked Sendable {
    /// The array, at a fixed address for as long as the owner lives.
    let array: UnsafeMutablePointer<ArrowArray>

    /// Takes the array over: copies the structure and marks the source as released.
    init(taking source: inout ArrowArray) {
        array = .allocate(capacity: 1)
        array.initialize(to: source)
        source.release = nil
    }

    deinit {
        array.pointee.release?(array)
        if array.pointee.release != nil { ForeignReleases.noteForgotten() }
        array.deallocate()
    }
}
