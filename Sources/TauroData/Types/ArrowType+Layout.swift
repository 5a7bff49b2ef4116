/// How a type keeps its values in buffers, whatever the values mean.
enum ArrowLayout: Equatable {
    /// No buffers at all.
    case null
    /// Validity and one bit a value.
    case bits
    /// Validity and `width` bytes a value.
    case fixed(width: Int)
    /// Validity, 32-bit offsets and bytes.
    case variable32
    /// Validity, 64-bit offsets and bytes.
    case variable64
    /// Validity, 16-byte views, any number of byte buffers, and their sizes.
    case view
    /// Validity and 32-bit offsets into the child.
    case list32
    /// Validity and 64-bit offsets into the child.
    case list64
    /// Validity, offsets and sizes of `width` bytes into the child.
    case listView(width: Int)
    /// Validity; `size` child values each.
    case fixedList(size: Int)
    /// Validity; one value of every child each.
    case structure
    /// Type codes and, if dense, offsets; no validity.
    case union(UnionMode)
    /// Run ends and values as children; no buffers.
    case runEnds

    /// How many buffers an array has.
    var bufferCounts: ClosedRange<Int64> {
        switch self {
        case .null, .runEnds: 0...0
        case .structure, .fixedList: 1...1
        case .bits, .fixed, .list32, .list64: 2...2
        case .variable32, .variable64, .listView: 3...3
        case .view: 3...Int64.max
        // Before format version 5 unions had a validity buffer; that is not the C data interface's layout.
        case .union(let mode): mode == .dense ? 2...2 : 1...1
        }
    }
}

extension ArrowType {
    var layout: ArrowLayout {
        switch self {
        case .null: .null
        case .bool: .bits
        case .utf8, .binary: .variable32
        case .largeUTF8, .largeBinary: .variable64
        case .utf8View, .binaryView: .view
        case .list, .map: .list32
        case .largeList: .list64
        case .listView: .listView(width: 4)
        case .largeListView: .listView(width: 8)
        case .fixedSizeList(_, let size): .fixedList(size: size)
        case .structure: .structure
        case .union(let mode, _, _): .union(mode)
        case .dictionary(let index, _, _): index.layout
        case .runEndEncoded: .runEnds
        default: .fixed(width: fixedWidth)
        }
    }

    private var fixedWidth: Int {
        switch self {
        case .int8, .uint8: 1
        case .int16, .uint16, .float16: 2
        case .int32, .uint32, .float32, .date32, .time(.second), .time(.millisecond), .interval(.months): 4
        case .decimal(_, _, let bits): bits / 8
        case .fixedSizeBinary(let width): width
        case .interval(.monthDayNano): 16
        default: 8
        }
    }

    /// The types of the children, in order.
    ///
    /// A dictionary's values are no child.
    var childFields: [Field] {
        switch self {
        case .list(let item), .largeList(let item), .listView(let item), .largeListView(let item),
            .fixedSizeList(let item, _), .map(let item, _):
            [item]
        case .structure(let fields), .union(_, _, let fields): fields
        case .runEndEncoded(let runEnds, let values): [runEnds, values]
        default: []
        }
    }

    /// Whether a node may receive columns of this type.
    ///
    /// Nodes get text and bytes with 32-bit offsets, lists and structs as such, and never views, dictionaries or
    /// run-end encoding. They may return any type.
    public var isDeliverable: Bool {
        switch self {
        case .largeUTF8, .utf8View, .largeBinary, .binaryView, .largeList, .listView, .largeListView, .dictionary,
            .runEndEncoded:
            false
        default: childFields.allSatisfy { $0.type.isDeliverable }
        }
    }
}
