import TauroTesting

@testable import TauroData

/// Texts of every length of character, some too long for a view.
private let texts = [
    "", "a", "plain text", "žluťoučký kůň", "日本語のテキスト", "🦉🦊", "twelve bytes", "thirteen byte", "é",
    "a text that is quite a bit longer than what fits a view",
]

extension SampleArray {
    /// An array of `count` values, some null, behind a few that its offset skips.
    init(random type: ArrowType, count: Int, using chance: inout SeededGenerator) {
        let skipped = chance.below(3) == 0 ? chance.below(20) : 0
        self.init(content: type, count: count + skipped, using: &chance)
        length = count
        offset = skipped
    }

    private init(content type: ArrowType, count: Int, using chance: inout SeededGenerator) {
        self.init(length: count, buffers: [])
        let hasNulls = chance.below(2) == 0
        let validity = hasNulls ? bitmap((0..<count).map { _ in chance.below(4) > 0 }) : nil
        switch type.layout {
        case .null, .runEnds, .union: break
        default: buffers = [validity]
        }
        switch type.layout {
        case .null, .structure, .fixedList: break
        case .bits: buffers.append(chance.bytes((count + 7) / 8))
        case .fixed(let width): addFixed(type, width: width, using: &chance)
        case .variable32: addVariable(type, as: Int32.self, using: &chance)
        case .variable64: addVariable(type, as: Int64.self, using: &chance)
        case .view: addViews(type, using: &chance)
        case .list32: addLists(type, as: Int32.self, using: &chance)
        case .list64: addLists(type, as: Int64.self, using: &chance)
        case .listView(let width):
            if width == 4 { addListViews(Int32.self, using: &chance) } else { addListViews(Int64.self, using: &chance) }
        case .union(let mode): addUnion(type, mode, using: &chance)
        case .runEnds: addRuns(type, using: &chance)
        }
        addChildren(type, using: &chance)
    }

    private mutating func addFixed(_ type: ArrowType, width: Int, using chance: inout SeededGenerator) {
        guard case .dictionary(_, let values, _) = type else { return buffers.append(chance.bytes(length * width)) }
        dictionary = [SampleArray(random: values, count: 5, using: &chance)]
        var indices = [UInt8](repeating: 0, count: length * width)
        for row in 0..<length { indices[row * width] = UInt8(chance.below(5)) }
        buffers.append(indices)
    }

    private static func value(_ type: ArrowType, using chance: inout SeededGenerator) -> [UInt8] {
        switch type {
        case .utf8, .largeUTF8, .utf8View: Array(texts[chance.below(texts.count)].utf8)
        default: chance.bytes(chance.below(30))
        }
    }

    private mutating func addVariable<Offset: FixedWidthInteger & BitwiseCopyable>(
        _ type: ArrowType,
        as: Offset.Type,
        using chance: inout SeededGenerator
    ) {
        var data = [UInt8](repeating: 0xFF, count: chance.below(9))
        var offsets = [Offset(data.count)]
        for _ in 0..<length {
            data += SampleArray.value(type, using: &chance)
            offsets.append(Offset(data.count))
        }
        buffers += [raw(offsets), data]
    }

    private mutating func addViews(_ type: ArrowType, using chance: inout SeededGenerator) {
        var views: [UInt8] = []
        var data: [[UInt8]] = [[1, 2, 3], []]
        for _ in 0..<length {
            let value = SampleArray.value(type, using: &chance)
            if value.count <= 12 {
                views += raw([Int32(value.count)]) + value + [UInt8](repeating: 0, count: 12 - value.count)
            } else {
                let buffer = chance.below(2)
                views += raw([Int32(value.count)]) + value[..<4] + raw([Int32(buffer), Int32(data[buffer].count)])
                data[buffer] += value
            }
        }
        buffers.append(views)
        buffers += data
        buffers.append(raw(data.map { Int64($0.count) }))
    }

    private mutating func addLists<Offset: FixedWidthInteger & BitwiseCopyable>(
        _ type: ArrowType,
        as: Offset.Type,
        using chance: inout SeededGenerator
    ) {
        var offsets = [Offset(chance.below(4))]
        for row in 0..<length { offsets.append(offsets[row] + Offset(chance.below(4))) }
        buffers.append(raw(offsets))
    }

    private mutating func addListViews<Offset: FixedWidthInteger & BitwiseCopyable>(
        _: Offset.Type,
        using chance: inout SeededGenerator
    ) {
        let offsets = (0..<length).map { _ in Offset(chance.below(5)) }
        let sizes = offsets.map { Offset(chance.below(6 - Int($0))) }
        buffers += [raw(offsets), raw(sizes)]
    }

    private mutating func addUnion(_ type: ArrowType, _ mode: UnionMode, using chance: inout SeededGenerator) {
        guard case .union(_, let codes, _) = type else { return }
        buffers.append(raw((0..<length).map { _ in codes[chance.below(codes.count)] }))
        if mode == .dense { buffers.append(raw((0..<length).map { _ in Int32(chance.below(6)) })) }
    }

    private mutating func addRuns(_ type: ArrowType, using chance: inout SeededGenerator) {
        guard case .runEndEncoded(let runEnds, let values) = type else { return }
        var ends: [Int64] = []
        while (ends.last ?? 0) < Int64(length) { ends.append((ends.last ?? 0) + 1 + Int64(chance.below(4))) }
        let bytes =
            switch runEnds.type {
            case .int16: raw(ends.map { Int16($0) })
            case .int32: raw(ends.map { Int32($0) })
            default: raw(ends)
            }
        children = [
            SampleArray(length: ends.count, buffers: [nil, bytes]),
            SampleArray(random: values.type, count: ends.count + chance.below(2), using: &chance),
        ]
    }

    private mutating func addChildren(_ type: ArrowType, using chance: inout SeededGenerator) {
        guard children.isEmpty else { return }
        for field in type.childFields {
            let needed =
                switch type.layout {
                case .list32: Int(buffers[1]?.last32 ?? 0)
                case .list64: Int(buffers[1]?.last64 ?? 0)
                case .fixedList(let size): length * size
                case .listView, .union(.dense): 6
                default: length
                }
            children.append(SampleArray(random: field.type, count: needed + chance.below(3), using: &chance))
        }
    }
}

extension [UInt8] {
    fileprivate var last32: Int32 { withUnsafeBytes { $0.loadUnaligned(fromByteOffset: count - 4, as: Int32.self) } }
    fileprivate var last64: Int64 { withUnsafeBytes { $0.loadUnaligned(fromByteOffset: count - 8, as: Int64.self) } }
}
