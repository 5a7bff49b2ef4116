import CTauro
import Synchronization

/// One Arrow structure that a node was given, and how often it was released.
///
/// Its address is the structure's `private_data`. Sendable because everything but the count is set before the node sees
/// it.
final class GuardedStructure: @unchecked Sendable {
    /// What it is, in words.
    let name: String
    /// Whether it is a column of another, which releases it.
    let isChild: Bool
    var forbidsReleased = false
    var buffers: [GuardedBuffer] = []
    var bufferList: UnsafeMutablePointer<UnsafeRawPointer?>?
    /// What a stream's structure reads from.
    var stream: GuardedStream?
    private var children: [UnsafeMutablePointer<ArrowArray>] = []
    private var childList: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>?
    private let releases = Atomic<Int>(0)

    init(_ name: String, isChild: Bool = false) {
        self.name = name
        self.isChild = isChild
    }

    deinit {
        bufferList?.deallocate()
        for child in children { child.deallocate() }
        childList?.deallocate()
    }

    var releaseCount: Int { releases.load(ordering: .relaxed) }

    func append(child: ArrowArray) {
        let pointer = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        pointer.initialize(to: child)
        children.append(pointer)
    }

    /// The array as the node gets it.
    func array(_ source: ArrowArray, bufferCount: Int) -> ArrowArray {
        if !children.isEmpty {
            let list = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: children.count)
            for (index, child) in children.enumerated() { (list + index).initialize(to: child) }
            childList = list
        }
        return ArrowArray(
            length: source.length,
            null_count: source.null_count,
            offset: source.offset,
            n_buffers: Int64(bufferCount),
            n_children: Int64(children.count),
            buffers: bufferList,
            children: childList,
            dictionary: nil,
            release: { GuardedStructure.release($0) },
            private_data: Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Gives the memory back.
    func close() {
        for buffer in buffers { buffer.close() }
        stream = nil
    }

    /// Counts a release; of the first one, the columns that were not moved out are released too.
    func noteRelease() {
        guard releases.add(1, ordering: .relaxed).newValue == 1 else { return }
        for child in children { if let release = child.pointee.release { release(child) } }
        if forbidsReleased { for buffer in buffers { buffer.forbid() } }
    }

    private static func release(_ array: UnsafeMutablePointer<ArrowArray>?) {
        guard let array, let data = array.pointee.private_data else { return }
        // The data stays, so that a second release finds whom it is about.
        array.pointee.release = nil
        Unmanaged<GuardedStructure>.fromOpaque(data).takeUnretainedValue().noteRelease()
    }
}
