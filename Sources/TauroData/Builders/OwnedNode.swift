/// An array made in this room: its buffers, and those of its children.
struct OwnedNode {
    var length: Int
    var nullCount: Int
    var buffers: [ArrowBuffer?]
    var children: [OwnedNode] = []

    /// The array as a column that owns the buffers.
    func column(of type: ArrowType) -> ArrowColumn {
        var array = node.export(owner: OwnedBuffers(self))
        return ArrowColumn(type: type, taking: &array)
    }

    private var node: ArrayNode {
        ArrayNode(
            length: length,
            nullCount: nullCount,
            buffers: buffers.map { $0.map { UnsafeRawPointer($0.bytes) } },
            children: children.map(\.node)
        )
    }
}

private final class OwnedBuffers {
    let node: OwnedNode

    init(_ node: OwnedNode) { self.node = node }
}

extension ArrowColumn {
    /// A column of buffers that are complete: validity, nil where no value is null, then what the type's layout has.
    ///
    /// Takes the buffers over; nobody may write to them any more.
    package init(_ type: ArrowType, count: Int, nullCount: Int, buffers: [ArrowBuffer?]) {
        self = OwnedNode(length: count, nullCount: nullCount, buffers: buffers).column(of: type)
    }
}
