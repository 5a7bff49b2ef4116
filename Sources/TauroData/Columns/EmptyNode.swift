/// Zeros to point to where an array without values needs a buffer: offsets, views.
///
/// Written once, before its first use.
nonisolated(unsafe) let emptyBytes = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
        .initializeMemory(as: UInt8.self, repeating: 0, count: 64)
)

/// Static memory has nothing to release.
final class EmptyOwner {}

extension ArrayNode {
    /// An array without values.
    init(emptyOf type: ArrowType) {
        let buffers: [UnsafeRawPointer?] =
            switch type.layout {
            case .null, .runEnds: []
            case .structure, .fixedList: [nil]
            case .bits, .fixed, .list32, .list64: [nil, emptyBytes]
            case .variable32, .variable64, .listView, .view: [nil, emptyBytes, emptyBytes]
            case .union(let mode): mode == .dense ? [emptyBytes, emptyBytes] : [emptyBytes]
            }
        let dictionary: [ArrayNode] =
            if case .dictionary(_, let values, _) = type { [ArrayNode(emptyOf: values)] } else { [] }
        self.init(
            length: 0,
            nullCount: 0,
            buffers: buffers,
            children: type.childFields.map { ArrayNode(emptyOf: $0.type) },
            dictionary: dictionary
        )
    }
}
