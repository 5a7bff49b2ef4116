import Testing

@testable import TauroData

/// Values that refer to others: what makes an image with them refused.
@Suite struct ImageReferenceRefusalTests {
    private let numbers = SampleArray(length: 4, buffers: [nil, raw([1, 2, 3, 4] as [Int64])])
    private let item = Field("item", .int64)

    @Test func views() throws {
        let long = Array("a text of twenty-three!".utf8)
        let inline = raw([Int32(3)]) + Array("abc".utf8) + [UInt8](repeating: 0, count: 9)
        let pointing = raw([Int32(long.count)]) + long[..<4] + raw([Int32(0), 0])
        let array = SampleArray(length: 2, buffers: [nil, inline + pointing, long, raw([Int64(long.count)])])
        func said(_ buffer: Int, _ index: Int, _ value: Int32) throws -> String? {
            try refusal(.utf8View, array) { $0.set(buffer, index, value) }
        }
        let row = "column 'c' (utf8_view), batch 0, row 1: "
        #expect(try said(1, 4, -1) == row + "a view of -1 bytes")
        #expect(try said(1, 4, 24) == row + "a view of 24 bytes at 0, but its buffer has 23")
        #expect(try said(1, 4, .max) == row + "a view of 2147483647 bytes at 0, but its buffer has 23")
        #expect(try said(1, 5, 0) == row + "a view whose first four bytes are not those it points to")
        #expect(try said(1, 6, 1) == row + "a view into buffer 1 of 1")
        #expect(try said(1, 6, -1) == row + "a view into buffer -1 of 1")
        #expect(try said(1, 7, 1) == row + "a view of 23 bytes at 1, but its buffer has 23")
        #expect(try said(1, 7, -1) == row + "a view of 23 bytes at -1, but its buffer has 23")
        #expect(try said(2, 2, -1) == row + "not valid UTF-8")
        #expect(try said(1, 1, -1) == "column 'c' (utf8_view), batch 0, row 0: not valid UTF-8")
        // What stands behind a short text may be anything.
        #expect(try said(1, 3, -1) == nil)
        #expect(
            try said(3, 0, 22) == "column 'c' (utf8_view), batch 0: it says that buffer 2 has 22 bytes, but it has 23"
        )
        #expect(
            try refusal(.utf8View, array) { $0.set(.buffers, 2) }
                == "column 'c' (utf8_view), batch 0: 2 buffers where its type has 3"
        )
        #expect(
            try refusal(.utf8View, array) { $0.set(.buffers, .max) }
                == "column 'c' (utf8_view), batch 0: 9223372036854775807 buffers, but the image's directory ends before them"
        )
    }

    @Test func listViews() throws {
        let array = SampleArray(
            length: 2,
            buffers: [nil, raw([2, 0] as [Int32]), raw([2, 3] as [Int32])],
            children: [numbers]
        )
        func said(_ buffer: Int, _ value: Int32) throws -> String? {
            try refusal(.listView(item), array) { $0.set(buffer, 1, value) }
        }
        let row = "column 'c' (list_view<int64>), batch 0, row 1: "
        #expect(try said(1, 2) == row + "3 items from 2 on, but its child has 4")
        #expect(try said(1, -1) == row + "3 items from -1 on, but its child has 4")
        #expect(try said(2, -1) == row + "-1 items from 0 on, but its child has 4")
        #expect(try said(2, .max) == row + "2147483647 items from 0 on, but its child has 4")
        #expect(try said(2, 4) == nil)
    }

    @Test func dictionaries() throws {
        let words = SampleArray(length: 2, buffers: [nil, raw([0, 1, 2] as [Int32]), Array("ab".utf8)])
        let array = SampleArray(length: 3, buffers: [bitmap([true, false, true]), [0, 1, 1]], dictionary: [words])
        func said(_ index: ArrowType, _ row: Int, _ value: Int8) throws -> String? {
            try refusal(.dictionary(index: index, values: .utf8, ordered: false), array) { $0.set(1, row, value) }
        }
        #expect(
            try said(.int8, 2, 2)
                == "column 'c' (dictionary<int8, utf8>), batch 0, row 2: index 2 into a dictionary of 2 values"
        )
        #expect(try said(.int8, 2, -1)?.hasSuffix("index -1 into a dictionary of 2 values") == true)
        #expect(try said(.uint8, 0, -1)?.hasSuffix("row 0: index 255 into a dictionary of 2 values") == true)
        // What stands at a null may be anything.
        #expect(try said(.int8, 1, 100) == nil)
        #expect(
            try refusal(.dictionary(index: .int8, values: .utf8, ordered: false), array) {
                $0.set(2, of: 1, 1, 0xC3 as UInt8)
            } == "column 'c.dictionary' (utf8), batch 0, row 1: not valid UTF-8"
        )
    }

    @Test func unions() throws {
        let fields = [Field("a", .int64), Field("b", .int64)]
        let dense = SampleArray(
            length: 2,
            buffers: [[5, 7], raw([0, 3] as [Int32])],
            children: [numbers, numbers]
        )
        let type = ArrowType.union(.dense, codes: [5, 7], fields: fields)
        let row = "column 'c' (dense_union<a: int64, b: int64>), batch 0, row 1: "
        #expect(
            try refusal(type, dense) { $0.set(0, 1, 6 as Int8) } == row + "type code 6, which is none of its 2"
        )
        #expect(
            try refusal(type, dense) { $0.set(0, 1, -1 as Int8) } == row + "type code -1, which is none of its 2"
        )
        #expect(try refusal(type, dense) { $0.set(1, 1, 4 as Int32) } == row + "value 4 of a child of 4")
        #expect(try refusal(type, dense) { $0.set(1, 1, -1 as Int32) } == row + "value -1 of a child of 4")
        #expect(
            try refusal(type, dense) { $0.set(.nulls, 1) }
                == "column 'c' (dense_union<a: int64, b: int64>), batch 0: 1 nulls in a type that keeps none"
        )
        let sparse = SampleArray(length: 4, buffers: [[0, 0, 0, 1]], children: [numbers, numbers])
        #expect(
            try refusal(.union(.sparse, codes: [0, 1], fields: fields), sparse) { $0.set(.length, of: 2, 3) }
                == "column 'c' (sparse_union<a: int64, b: int64>), batch 0: its child has 3 values where 4 are needed"
        )
    }

    @Test func runEnds() throws {
        let ends = SampleArray(length: 3, buffers: [nil, raw([2, 3, 9] as [Int32])])
        let array = SampleArray(length: 5, offset: 4, buffers: [], children: [ends, numbers])
        let type = ArrowType.runEndEncoded(runEnds: Field("run_ends", .int32), values: Field("values", .int64))
        let place = "column 'c' (run_end_encoded<int64>), batch 0: "
        func said(_ damage: (inout DamagedImage) -> Void) throws -> String? { try refusal(type, array, damage) }
        #expect(try said { $0.set(1, of: 1, 1, 2 as Int32) } == place + "run 1 ends at 2, the one before at 2")
        #expect(try said { $0.set(1, of: 1, 0, 0 as Int32) } == place + "run 0 ends at 0, the one before at 0")
        #expect(try said { $0.set(1, of: 1, 0, -3 as Int32) } == place + "run 0 ends at -3, the one before at 0")
        #expect(
            try said { $0.set(1, of: 1, 2, 8 as Int32) } == place + "its runs end at 8, but it has values up to 9"
        )
        #expect(try said { $0.set(.offset, 5) } == place + "its runs end at 9, but it has values up to 10")
        #expect(try said { $0.set(.length, of: 2, 2) } == place + "3 runs, but 2 values")
    }

    @Test func schemas() throws {
        func said(_ damage: (inout [UInt8]) -> Void) -> String? {
            var bytes = Schema([Field("a", .utf8)]).encoded()
            damage(&bytes)
            do throws(ArrowError) {
                let memory = ImageMemory(bytes)
                _ = try Schema(decoding: UnsafeRawBufferPointer(memory.bytes))
                return nil
            } catch {
                return error.message
            }
        }
        #expect(said { $0.removeAll() } == "the encoded schema is malformed at byte 0: it ends in the middle")
        #expect(said { $0.removeLast() } == "the encoded schema is malformed at byte 24: it ends in the middle")
        #expect(
            said { $0.append(0) }
                == "the encoded schema is malformed at byte 28: it ends there, but its bytes go on to 29"
        )
        #expect(
            said { $0[8] = 200 } == "the encoded schema is malformed at byte 12: a text of 200 bytes where 16 are left"
        )
        #expect(said { $0[12] = 0xFF } == "the encoded schema is malformed at byte 12: a text is not valid UTF-8")
        #expect(said { $0[13] = 9 } == "the encoded schema is malformed at byte 14: a field's flags are 9")
        #expect(said { $0[22] = 0x7A } == nil)
        #expect(said { $0[22] = 0x71 } == "malformed Arrow format string 'q': no such type")
        #expect(said { $0[23] = 8 } == "the encoded schema is malformed at byte 24: a type's flags are 8")
    }

    @Test func typesThatNoArrayCanHave() throws {
        func said(_ type: ArrowType) -> String? {
            do throws(ArrowError) {
                let memory = ImageMemory(Schema([Field("a", type)]).encoded())
                _ = try Schema(decoding: UnsafeRawBufferPointer(memory.bytes))
                return nil
            } catch {
                return error.message.split(separator: ": ").last.map(String.init)
            }
        }
        var deep = ArrowType.int8
        for _ in 0..<63 { deep = .list(Field("item", deep)) }
        #expect(said(deep) == "types are nested more than 64 deep")
        #expect(said(.dictionary(index: .utf8, values: .utf8, ordered: false)) == "a dictionary's indices are utf8")
        #expect(
            said(.runEndEncoded(runEnds: Field("run_ends", .int8), values: item)) == "run ends are int8"
        )
        #expect(said(.union(.dense, codes: [1, 1], fields: [item, item])) == "a union names a type code twice")
    }
}
