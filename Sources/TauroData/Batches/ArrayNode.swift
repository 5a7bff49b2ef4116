import CTauro

/// A C array in the making: lengths and pointers of one column and of its children, without ownership.
struct ArrayNode {
    var length: Int
    /// -1 where it was not counted.
    var nullCount: Int
    var offset = 0
    var buffers: [UnsafeRawPointer?]
    var children: [ArrayNode] = []
    /// The values of a dictionary; one element or none.
    var dictionary: [ArrayNode] = []

    /// A C array whose `release` lets go of `owner`.
    ///
    /// Children retain `owner` too, so each may be moved out.
    func export(owner: AnyObject) -> ArrowArray {
        let holding = ExportedArray(owner: owner, node: self)
        return ArrowArray(
            length: Int64(length),
            null_count: Int64(nullCount),
            offset: Int64(offset),
            n_buffers: Int64(buffers.count),
            n_children: Int64(children.count),
            buffers: holding.buffers,
            children: holding.children,
            dictionary: holding.dictionary,
            release: releaseExportedArray,
            private_data: ExportedObjects.keep(holding)
        )
    }
}

extension ArrayNode {
    /// Describes `count` values of `array` from `start`, counted from the array's own offset.
    init(viewing array: UnsafePointer<ArrowArray>, start: Int, count: Int) {
        let source = array.pointee
        self.init(
            length: count,
            nullCount: ArrayNode.nullCount(of: source, count: count),
            offset: Int(source.offset) + start,
            buffers: (0..<Int(source.n_buffers)).map { source.buffers[$0] },
            children: (0..<Int(source.n_children)).compactMap { source.children[$0].map { ArrayNode(viewing: $0) } },
            dictionary: source.dictionary.map { [ArrayNode(viewing: $0)] } ?? []
        )
    }

    private init(viewing array: UnsafePointer<ArrowArray>) {
        self.init(viewing: array, start: 0, count: Int(array.pointee.length))
    }

    private static func nullCount(of array: ArrowArray, count: Int) -> Int {
        array.null_count == 0 || count == Int(array.length) ? Int(array.null_count) : -1
    }
}

/// What an exported C array points to and keeps alive.
private final class ExportedArray {
    let owner: AnyObject
    let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
    let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>?
    let dictionary: UnsafeMutablePointer<ArrowArray>?
    let childCount: Int

    init(owner: AnyObject, node: ArrayNode) {
        self.owner = owner
        buffers = .allocate(capacity: max(1, node.buffers.count))
        for (index, buffer) in node.buffers.enumerated() { (buffers + index).initialize(to: buffer) }
        childCount = node.children.count
        children = childCount == 0 ? nil : .allocate(capacity: childCount)
        for (index, child) in node.children.enumerated() {
            let pointer = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
            pointer.initialize(to: child.export(owner: owner))
            children?[index] = pointer
        }
        dictionary = node.dictionary.first.map { node in
            let pointer = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
            pointer.initialize(to: node.export(owner: owner))
            return pointer
        }
    }

    deinit {
        for index in 0..<childCount { free(children?[index]) }
        free(dictionary)
        children?.deallocate()
        buffers.deallocate()
    }

    private func free(_ array: UnsafeMutablePointer<ArrowArray>?) {
        guard let array else { return }
        array.pointee.release?(array)
        array.deallocate()
    }
}

private func releaseExportedArray(_ array: UnsafeMutablePointer<ArrowArray>?) {
    guard let array, array.pointee.release != nil, let holding = array.pointee.private_data else { return }
    array.pointee.release = nil
    array.pointee.private_data = nil
    ExportedObjects.release(holding)
}
