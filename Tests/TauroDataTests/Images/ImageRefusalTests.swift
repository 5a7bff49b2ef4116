import Testing

@testable import TauroData

/// What makes an image refused, and the sentence for each.
@Suite struct ImageRefusalTests {
    static let item = Field("item", .int64)
    static let numbers = SampleArray(length: 4, buffers: [nil, raw([1, 2, 3, 4] as [Int64])])
    static let texts = SampleArray(
        length: 4,
        buffers: [nil, raw([0, 3, 6, 12, 15] as [Int32]), Array("onetwosevén3tri".utf8.prefix(15))]
    )
    static let someNull = SampleArray(
        length: 4,
        buffers: [
            bitmap([true, false, true, true]), raw([0, 3, 6, 12, 15] as [Int32]), Array("onetwothree!six".utf8),
        ]
    )

    @Test func whatIsNoImage() throws {
        func said(_ damage: (inout DamagedImage) -> Void) throws -> String? {
            try refusal(.int64, ImageRefusalTests.numbers, damage)
        }
        #expect(try said { $0.setHeader(0, 7) } == "256 bytes that are no frame image")
        #expect(try said { $0.truncate(256) } == "0 bytes that are no frame image")
        #expect(try said { $0.truncate(193) } == "63 bytes that are no frame image")
        #expect(try said { $0.setHeader(1, 2) } == "a frame image of version 2, but this build reads version 1")
        #expect(try said { $0.truncate(64) } == "a frame image of 256 bytes, but 192 are there")
        #expect(
            try said {
                $0.truncate(1)
                $0.setHeader(2, 255)
            } == "a frame image of 255 bytes, which is no multiple of 64"
        )
        #expect(try said { $0.setHeader(3, 500) } == "a frame image with a schema of 500 bytes, where 192 are left")
        #expect(try said { $0.setHeader(3, -1) } == "a frame image with a schema of -1 bytes, where 192 are left")
        #expect(try said { $0.setHeader(4, .max) }?.hasPrefix("a frame image with a directory of 922") == true)
        #expect(try said { $0.setHeader(5, -1) } == "a frame image of -1 batches with a directory of 56 bytes")
        #expect(
            try said { $0.setHeader(5, 1_048_577) }
                == "a frame image of 1048577 batches, more than the 1048576 it may have"
        )
        #expect(try said { $0.setHeader(4, 55) } == "a frame image of 1 batches with a directory of 55 bytes")
        #expect(try said { $0.setHeader(7, 1) } == "a frame image whose header has more to say than this build reads")
        #expect(
            try said { $0.setHeader(4, 64) }
                == "a frame image with 8 bytes of directory and 0 bytes of buffers too many"
        )
        #expect(
            try said { $0.setHeader(5, 0) }
                == "a frame image with 56 bytes of directory and 64 bytes of buffers too many"
        )
        #expect(try said { $0.setHeader(5, 2) } == "batch 1 of a frame image has no number of rows that can be")
        #expect(try said { $0.setRows(-1) } == "batch 0 of a frame image has no number of rows that can be")
    }

    @Test func countsThatCanNotBe() throws {
        func said(_ damage: (inout DamagedImage) -> Void) throws -> String? {
            let message = try refusal(.int64, ImageRefusalTests.numbers, damage)
            let place = "column 'c' (int64), batch 0: "
            return message.map { $0.hasPrefix(place) ? String($0.dropFirst(place.count)) : "not in place: \($0)" }
        }
        #expect(try said { $0.setRows(5) } == "4 values in a batch of 5 rows")
        #expect(try said { $0.set(.length, -1) } == "length -1 and offset 0")
        #expect(try said { $0.set(.length, .max) } == "length 9223372036854775807 and offset 0")
        #expect(try said { $0.set(.offset, -1) } == "length 4 and offset -1")
        #expect(try said { $0.set(.offset, 1) } == "offset 1 where images have 0")
        #expect(try said { $0.set(.nulls, 1) } == "1 nulls, but no validity buffer")
        #expect(try said { $0.set(.nulls, 5) } == "5 nulls among 4 values")
        #expect(try said { $0.set(.buffers, 3) } == "3 buffers where its type has 2")
        #expect(try said { $0.setSize(1, 31) } == "buffer 1 has 31 bytes where 4 values need 32")
        #expect(try said { $0.setSize(1, 65) } == "a buffer of 65 bytes where the image has 64 left")
        #expect(try said { $0.setSize(1, -1) } == "buffer 1 is missing")
        #expect(try said { $0.setSize(1, -2) } == "a buffer of -2 bytes where the image has 64 left")
        #expect(try said { $0.setHeader(4, 48) } == "2 buffers, but the image's directory ends before them")
        #expect(try said { $0.setHeader(4, 32) } == "the image's directory ends before it")
    }

    @Test func nullsThatAreCountedWrong() throws {
        let place = "column 'c' (utf8), batch 0: "
        #expect(
            try refusal(.utf8, ImageRefusalTests.someNull) { $0.set(.nulls, 2) }
                == place + "it says 2 nulls, but 1 are marked"
        )
        #expect(
            try refusal(.utf8, ImageRefusalTests.someNull) { $0.set(0, 0, 0 as UInt8) }
                == place + "it says 1 nulls, but 4 are marked"
        )
        #expect(
            try refusal(.null, SampleArray(length: 3, buffers: [])) { $0.set(.nulls, 2) }
                == "column 'c' (null), batch 0: 2 nulls among 3 nulls"
        )
        #expect(
            try refusal(.bool, SampleArray(length: 9, buffers: [nil, [0xFF, 1]])) { $0.setSize(1, 1) }
                == "column 'c' (bool), batch 0: buffer 1 has 1 bytes where 9 values need 2"
        )
    }

    @Test func offsetsOfText() throws {
        func said(_ index: Int, _ offset: Int32) throws -> String? {
            try refusal(.utf8, ImageRefusalTests.someNull) { $0.set(1, index, offset) }
        }
        let place = "column 'c' (utf8), batch 0: "
        #expect(try said(4, 7) == place + "its offsets go back from 12 to 7 at row 3")
        #expect(try said(2, -6) == place + "its offsets go back from 3 to -6 at row 1")
        #expect(try said(0, -1) == place + "its offsets begin at -1")
        #expect(try said(4, 16) == place + "its offsets end at 16, but it has 15 bytes")
        #expect(try said(0, 1) == nil)
        let none = SampleArray(length: 0, buffers: [nil, raw([0] as [Int64]), []])
        #expect(
            try refusal(.largeBinary, none) { $0.setSize(1, 0) }
                == "column 'c' (large_binary), batch 0: buffer 1 has 0 bytes where 0 values need 8"
        )
    }

    @Test func textThatIsNoUTF8() throws {
        let place = "column 'c' (utf8), batch 0, row 2: not valid UTF-8"
        #expect(try refusal(.utf8, ImageRefusalTests.someNull) { $0.set(2, 7, 0xFF as UInt8) } == place)
        // What stands at a null may be anything.
        #expect(try refusal(.utf8, ImageRefusalTests.someNull) { $0.set(2, 3, 0xFF as UInt8) } == nil)
        // All of it is UTF-8, but an offset cuts a character in two.
        #expect(try refusal(.utf8, ImageRefusalTests.texts) { $0.set(1, 3, 10 as Int32) } == place)
        let bytes = SampleArray(length: 1, buffers: [nil, raw([0, 1] as [Int32]), [0xFF]])
        #expect(try refusal(.binary, bytes) { $0.set(2, 0, 0xFE as UInt8) } == nil)
    }

    @Test func listsAndStructs() throws {
        let list = SampleArray(
            length: 2,
            buffers: [nil, raw([0, 3, 4] as [Int32])],
            children: [ImageRefusalTests.numbers]
        )
        let type = ArrowType.list(ImageRefusalTests.item)
        let place = "column 'c' (list<int64>), batch 0: "
        #expect(
            try refusal(type, list) { $0.set(1, 2, 5 as Int32) }
                == place + "its child has 4 values where 5 are needed"
        )
        #expect(
            try refusal(type, list) { $0.set(1, 1, 5 as Int32) } == place + "its offsets go back from 5 to 4 at row 1"
        )
        #expect(
            try refusal(type, list) { $0.setSize(1, of: 1, 24) }
                == "column 'c.item' (int64), batch 0: buffer 1 has 24 bytes where 4 values need 32"
        )
        let fixed = SampleArray(length: 2, buffers: [nil], children: [ImageRefusalTests.numbers])
        #expect(
            try refusal(.fixedSizeList(ImageRefusalTests.item, size: 2), fixed) { $0.set(.length, of: 1, 3) }
                == "column 'c' (fixed_size_list<int64>(2)), batch 0: its child has 3 values where 4 are needed"
        )
        let tagged = SampleArray(length: 4, buffers: [nil], children: [ImageRefusalTests.someNull])
        #expect(
            try refusal(.structure([Field("tag", .utf8)]), tagged) { $0.set(2, of: 1, 14, 0x80 as UInt8) }
                == "column 'c.tag' (utf8), batch 0, row 3: not valid UTF-8"
        )
        #expect(
            try refusal(.structure([Field("tag", .utf8)]), tagged) { $0.set(.length, of: 1, 3) }
                == "column 'c' (struct<tag: utf8>), batch 0: its child has 3 values where 4 are needed"
        )
    }
}
