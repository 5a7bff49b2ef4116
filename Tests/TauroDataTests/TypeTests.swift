import CTauro
import TauroData
import Testing

/// Types, their format strings and schemas.
@Suite struct TypeTests {
    static let item = Field("item", .utf8)
    static let entries = Field("entries", .structure([Field("key", .utf8), Field("value", .int64)]))
    static let samples: [(type: ArrowType, format: String)] = [
        (.null, "n"), (.bool, "b"), (.int8, "c"), (.uint8, "C"), (.int16, "s"), (.uint16, "S"), (.int32, "i"),
        (.uint32, "I"), (.int64, "l"), (.uint64, "L"), (.float16, "e"), (.float32, "f"), (.float64, "g"),
        (.binary, "z"), (.largeBinary, "Z"), (.binaryView, "vz"), (.utf8, "u"), (.largeUTF8, "U"), (.utf8View, "vu"),
        (.decimal(precision: 10, scale: -2, bitWidth: 128), "d:10,-2"),
        (.decimal(precision: 5, scale: 1, bitWidth: 32), "d:5,1,32"), (.fixedSizeBinary(byteWidth: 16), "w:16"),
        (.date32, "tdD"), (.date64, "tdm"), (.time(.second), "tts"), (.time(.nanosecond), "ttn"),
        (.timestamp(.second, zone: nil), "tss:"), (.timestamp(.microsecond, zone: "Europe/Rome"), "tsu:Europe/Rome"),
        (.duration(.millisecond), "tDm"), (.interval(.months), "tiM"), (.interval(.dayTime), "tiD"),
        (.interval(.monthDayNano), "tin"), (.list(item), "+l"), (.largeList(item), "+L"), (.listView(item), "+vl"),
        (.largeListView(item), "+vL"), (.fixedSizeList(item, size: 3), "+w:3"), (.structure([item]), "+s"),
        (.map(entries: entries, keysSorted: true), "+m"),
        (.union(.dense, codes: [5, 7], fields: [item, entries]), "+ud:5,7"),
        (.union(.sparse, codes: [0], fields: [item]), "+us:0"),
        (.dictionary(index: .uint16, values: .utf8, ordered: true), "S"),
        (.runEndEncoded(runEnds: Field("run_ends", .int32, isNullable: false), values: item), "+r"),
    ]

    @Test func everyTypeGoesThroughACSchemaAndBack() throws {
        for (type, format) in TypeTests.samples {
            let field = Field("a name", type, isNullable: false, metadata: ["k": "v", "empty": ""])
            var schema = field.export()
            #expect(String(cString: schema.format) == format)
            #expect(try Field(importing: &schema) == field)
            #expect(schema.release != nil)
            schema.release(&schema)
            #expect(schema.release == nil)
        }
    }

    @Test func aTablesSchemaGoesThroughACSchemaAndBack() throws {
        let fields = TypeTests.samples.enumerated().map { Field("c\($0.offset)", $0.element.type) }
        let schema = Schema(fields, metadata: ["made by": "tauro"])
        var exported = schema.export()
        defer { exported.release(&exported) }
        #expect(try Schema(importing: &exported) == schema)
        #expect(try Schema(importing: &exported) == schema)
    }

    @Test(arguments: [
        "", "q", "+", "+q", "d:", "d:1", "d:1,x", "d:1,2,77", "w:", "w:-1", "w:x", "ts:", "tsx:", "tsm", "+w:", "+w:-3",
        "+ud:", "+us:1,2,3", "+us:200", "+m", "+r", "tiX", "uu",
    ])
    func malformedFormatsAreRefused(format: String) {
        var schema = Field("c", .list(TypeTests.item)).export()
        defer { schema.release(&schema) }
        let original = schema.format
        format.withCString { text in
            schema.format = text
            #expect(
                performing: { try Field(importing: &schema) },
                throws: { error in
                    (error as? ArrowError)?.code == .malformed
                }
            )
        }
        schema.format = original
    }

    @Test func aFormatWithTheWrongNumberOfChildrenIsRefused() {
        var schema = Field("c", .structure([TypeTests.item, TypeTests.item])).export()
        defer { schema.release(&schema) }
        let original = schema.format
        "+l".withCString { text in
            schema.format = text
            #expect(throws: ArrowError(.malformed, "Arrow format '+l' takes 1 child types, but the schema has 2")) {
                try Field(importing: &schema)
            }
        }
        schema.format = original
    }

    @Test func aColumnsSchemaIsNoTables() {
        var schema = Field("c", .int64).export()
        defer { schema.release(&schema) }
        #expect(throws: ArrowError.self) { try Schema(importing: &schema) }
    }

    @Test func aReleasedSchemaIsRefused() {
        var schema = Schema([]).export()
        schema.release(&schema)
        #expect(throws: ArrowError(.malformed, "the Arrow schema was released already")) {
            try Schema(importing: &schema)
        }
    }

    @Test func deliverableIsWhatNodesReceive() {
        let refused: [ArrowType] = [
            .largeUTF8, .utf8View, .largeBinary, .binaryView, .largeList(TypeTests.item), .listView(TypeTests.item),
            .dictionary(index: .int8, values: .utf8, ordered: false), .list(Field("item", .utf8View)),
            .structure([Field("a", .largeUTF8)]),
        ]
        #expect(refused.allSatisfy { !$0.isDeliverable })
        let taken: [ArrowType] = [
            .utf8, .binary, .int64, .list(TypeTests.item), .structure([TypeTests.item]),
            .map(entries: TypeTests.entries, keysSorted: false), .timestamp(.microsecond, zone: nil),
        ]
        #expect(taken.allSatisfy { $0.isDeliverable })
    }

    @Test func descriptionsAreWhatPeopleWrite() {
        #expect("\(ArrowType.list(Field("item", .int64)))" == "list<int64>")
        #expect("\(ArrowType.timestamp(.microsecond, zone: "UTC"))" == "timestamp(us, UTC)")
        #expect("\(ArrowType.structure([Field("a", .utf8), Field("b", .date32)]))" == "struct<a: utf8, b: date32>")
    }
}
