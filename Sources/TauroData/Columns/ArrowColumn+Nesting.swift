extension ArrowColumn {
    /// A column of structures, none of them null, whose members are the given columns, all of one length.
    ///
    /// Copies nothing.
    package init(structureOf members: [(name: String, column: ArrowColumn)]) {
        let count = members.first?.column.count ?? 0
        precondition(members.allSatisfy { $0.column.count == count }, "members of different lengths")
        let node = ArrayNode(
            length: count,
            nullCount: 0,
            buffers: [nil],
            children: members.map { ArrayNode(viewing: $0.column.array, start: $0.column.start, count: count) }
        )
        var array = node.export(owner: NestedOwners(members.map(\.column.owner)))
        self.init(type: .structure(members.map { Field($0.name, $0.column.type) }), taking: &array)
    }

    /// A column of lists, none of them null: list `i` holds the items from `ends[i - 1]`, or 0, up to `ends[i]`.
    ///
    /// Copies no item.
    package init(listOf items: ArrowColumn, ends: [Int32]) {
        precondition(Int(ends.last ?? 0) == items.count, "lists of \(ends.last ?? 0) items of \(items.count)")
        let offsets = ArrowBuffer(capacity: (ends.count + 1) * 4)
        offsets.append(Int32(0))
        for end in ends { offsets.append(end) }
        let node = ArrayNode(
            length: ends.count,
            nullCount: 0,
            buffers: [nil, UnsafeRawPointer(offsets.bytes)],
            children: [ArrayNode(viewing: items.array, start: items.start, count: items.count)]
        )
        var array = node.export(owner: NestedOwners([items.owner, offsets]))
        self.init(type: .list(Field("item", items.type)), taking: &array)
    }
}

/// Keeps several owners alive for one array that is made of their buffers.
private final class NestedOwners {
    private let owners: [AnyObject]

    init(_ owners: [AnyObject]) { self.owners = owners }
}
