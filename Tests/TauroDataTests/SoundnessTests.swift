import CTauro
import Testing

@testable import TauroData

/// What a careless producer may hand over, and what the refusal says.
@Suite struct SoundnessTests {
    private func refusal(_ type: ArrowType, _ array: ArrowArray) -> String? {
        var array = array
        defer { array.release?(&array) }
        do {
            _ = try RecordBatch(importing: &array, schema: Schema([Field("c", type)]))
            return nil
        } catch {
            return error.message
        }
    }

    @Test func missingBuffersAreFound() throws {
        #expect(refusal(.int64, foreignBatch(length: 1, buffers: [nil, nil]))?.contains("buffer 1 is missing") == true)
        #expect(refusal(.int64, foreignBatch(length: 1, buffers: [nil]))?.contains("1 buffers") == true)
        #expect(refusal(.int64, foreignBatch(length: 0, buffers: [nil, nil])) == nil)
        withForeignBuffers([offsets32([0, 3])]) { buffers in
            let noBytes = foreignBatch(length: 1, buffers: [nil, buffers[0], nil])
            #expect(refusal(.utf8, noBytes)?.contains("column 'c' (utf8)") == true)
        }
    }

    @Test func impossibleCountsAreFound() throws {
        let zeros: [[UInt8]] = [[UInt8](repeating: 0, count: 64)]
        withForeignBuffers(zeros) { buffers in
            let values: [UnsafeRawPointer?] = [nil, buffers[0]]
            #expect(refusal(.int64, foreignBatch(length: -1, buffers: values, rows: 0))?.contains("length -1") == true)
            #expect(refusal(.int64, foreignBatch(length: 1, offset: -1, buffers: values)) != nil)
            #expect(refusal(.int64, foreignBatch(length: .max, offset: 1, buffers: values, rows: 1)) != nil)
            #expect(
                refusal(.int64, foreignBatch(length: 1, nullCount: 2, buffers: values))?.contains("2 nulls") == true
            )
            #expect(
                refusal(.int64, foreignBatch(length: 1, nullCount: 1, buffers: values))?
                    .contains("no validity buffer") == true
            )
            #expect(
                refusal(.int64, foreignBatch(length: 1, buffers: values, rows: 2))?
                    .contains("1 values where 2 are needed") == true
            )
        }
    }

    @Test func offsetsThatRunBackwardsAreFound() throws {
        withForeignBuffers([offsets32([5, 3]), [1, 2, 3, 4, 5], offsets32([-1, 3])]) { buffers in
            #expect(
                refusal(.utf8, foreignBatch(length: 1, buffers: [nil, buffers[0], buffers[1]]))?
                    .contains("offsets from 5 to 3") == true
            )
            #expect(refusal(.utf8, foreignBatch(length: 1, buffers: [nil, buffers[2], buffers[1]])) != nil)
        }
    }

    @Test func aChildThatIsTooShortIsFound() throws {
        withForeignBuffers([offsets32([0, 3]), [UInt8](repeating: 0, count: 64)]) { buffers in
            let child = ArrayNode(length: 2, nullCount: 0, buffers: [nil, buffers[1]])
            let list = foreignBatch(length: 1, buffers: [nil, buffers[0]], children: [child])
            #expect(refusal(.list(Field("item", .int64)), list)?.contains("2 values where 3 are needed") == true)
            let lists = foreignBatch(length: 1, buffers: [nil], children: [child])
            #expect(refusal(.fixedSizeList(Field("item", .int64), size: 3), lists) != nil)
            let none = foreignBatch(length: 1, buffers: [nil, buffers[0]])
            #expect(refusal(.list(Field("item", .int64)), none)?.contains("0 children") == true)
        }
    }

    @Test func nullRowsAreFound() throws {
        withForeignBuffers([[0], [UInt8](repeating: 0, count: 8)]) { buffers in
            let child = ArrayNode(length: 1, nullCount: 0, buffers: [nil, buffers[1]])
            let array = ArrayNode(length: 1, nullCount: 1, buffers: [buffers[0]], children: [child])
                .export(owner: EmptyOwner())
            #expect(refusal(.int64, array)?.contains("null rows") == true)
        }
    }

    @Test func aReleasedArrayIsRefused() throws {
        var array = try mixedBatch(1).export()
        array.release(&array)
        #expect(refusal(.int64, array) == "the Arrow array was released already")
    }
}
