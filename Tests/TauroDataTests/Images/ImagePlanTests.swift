import CTauro
import Testing

@testable import TauroData

/// What a careless producer may have built, found before it is copied.
@Suite struct ImagePlanTests {
    private func refusal(_ type: ArrowType, _ array: SampleArray) -> String? {
        do {
            let batch = try RecordBatch(schema: Schema([Field("c", type)]), columns: [array.column(of: type)])
            _ = try FrameImage(schema: batch.schema, batches: [batch, batch])
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func offsetsThatGoBack() {
        let array = SampleArray(
            length: 3,
            buffers: [nil, raw([0, 12, 7, 9] as [Int32]), [UInt8](repeating: 65, count: 12)]
        )
        #expect(refusal(.utf8, array) == "column 'c' (utf8), batch 0: its offsets go back from 12 to 7 at row 1")
        let negative = SampleArray(length: 1, buffers: [nil, raw([-1, 2] as [Int64]), [65, 65]])
        #expect(refusal(.largeUTF8, negative) == "column 'c' (large_utf8), batch 0: its offsets begin at -1")
    }

    @Test func childrenThatAreTooShort() {
        let child = SampleArray(length: 2, buffers: [nil, raw([1, 2] as [Int64])])
        let list = SampleArray(length: 1, buffers: [nil, raw([0, 3] as [Int32])], children: [child])
        #expect(
            refusal(.list(Field("item", .int64)), list)
                == "column 'c' (list<int64>), batch 0: its child has 2 values where 3 are needed"
        )
        let inner = SampleArray(length: 1, buffers: [nil], children: [list])
        #expect(
            refusal(.structure([Field("tags", .list(Field("item", .int64)))]), inner)
                == "column 'c.tags' (list<int64>), batch 0: its child has 2 values where 3 are needed"
        )
    }

    @Test func buffersThatAreNotThere() {
        #expect(
            refusal(.int64, SampleArray(length: 1, buffers: [nil, nil]))
                == "column 'c' (int64), batch 0: buffer 1 is missing"
        )
        let views = SampleArray(length: 1, buffers: [nil, [UInt8](repeating: 0, count: 16), [1], raw([Int64(-1)])])
        #expect(refusal(.binaryView, views) == "column 'c' (binary_view), batch 0: buffer 2 of -1 bytes")
    }

    @Test func sizesThatNoMemoryHas() {
        let huge = SampleArray(length: 1 << 46, buffers: [nil, [0]])
        #expect(refusal(.int64, huge) == "column 'c' (int64), batch 0: 70368744177664 values of 8 bytes")
        #expect(
            refusal(.fixedSizeBinary(byteWidth: 2), huge)
                == "column 'c' (fixed_size_binary(2)), batch 1: its buffers claim more memory than there is"
        )
    }

    @Test func moreBatchesThanAnImageHolds() {
        let batches = [RecordBatch](repeating: RecordBatch(emptyWith: Schema([])), count: 1_048_577)
        let sentence = "a table of 1048577 batches passes the 1048576 of an image: build larger batches"
        #expect(throws: ArrowError(.tooLarge, sentence)) { try FrameImage(schema: Schema([]), batches: batches) }
    }

    @Test func namesOfAnyLengthMakeShortSentences() throws {
        let name = String(repeating: "ž", count: 10_000)
        let array = SampleArray(length: 1, buffers: [nil, raw([-1, 2] as [Int32]), [65, 65]])
        let batch = try RecordBatch(columns: [(name, array.column(of: .utf8))])
        let error = #expect(throws: ArrowError.self) { try FrameImage(schema: batch.schema, batches: [batch]) }
        #expect(error?.message.count == 300 + "column '…' (utf8), batch 0: its offsets begin at -1".count)
    }

    @Test func batchesOfAnotherTable() throws {
        let batch = try RecordBatch(columns: [("n", ArrowColumn([1, 2] as [Int64]))])
        #expect(throws: ArrowError(.typeMismatch, "batch 0 is (n: int64), but the table is (n: utf8)")) {
            try FrameImage(schema: Schema([Field("n", .utf8)]), batches: [batch])
        }
    }
}
