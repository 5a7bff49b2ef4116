import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroIO

/// ORC and Arrow files that are not whole, or are none.
@Suite struct BrokenArrowFileTests {
    private func message(_ format: String, _ bytes: [UInt8]) throws -> String {
        var store = try RealStore(format, mode: .overwrite)
        let file = store.project["rows.\(format)"]
        try FileSystem.writeAtomically(bytes, to: file)
        store.dataset.path = Located(file)
        return store.project.message { _ = try store.rows() }.replacing(store.project.path, with: "…")
    }

    private func whole(_ format: String) throws -> [UInt8] {
        let store = try RealStore(format, mode: .overwrite)
        try store.store("SELECT i AS n, 'text ' || i % 7 AS s, [i] AS l FROM range(100) AS t(i)")
        return try FileSystem.read(store.project["out/t/\(store.files()[0])"])
    }

    @Test func whatIsNoWholeOrcFileIsNamed() throws {
        let whole = try whole("orc")
        let refusal = "…/rows.orc can not be read as an ORC file: "
        #expect(try message("orc", []) == refusal + "it is empty")
        #expect(try message("orc", Array("ORC".utf8)) == refusal + "what an ORC file ends with is not there")
        #expect(try message("orc", whole.dropLast(9)) == refusal + "what an ORC file ends with is not there")
        let parquet = Array("PAR1 and what follows PAR1".utf8)
        #expect(try message("orc", parquet) == refusal + "what an ORC file ends with is not there")
        // The postscript begins with the footer's length (a varint of two bytes here), then says the compression.
        var unknown = whole
        let postscript = whole.count - 1 - Int(whole[whole.count - 1])
        let field = try #require(unknown[postscript...].firstIndex(of: 0x10))
        unknown[field + 1] = 42
        #expect(try message("orc", unknown) == refusal + "Unknown compression type")
        // Data that is cut out of a file whose end is whole.
        let lost = Array(whole[..<20] + whole[60...])
        #expect(try message("orc", lost).hasPrefix("…/rows.orc "))
    }

    @Test func whatIsNoWholeArrowFileIsNamed() throws {
        let whole = try whole("arrow")
        let refusal = "…/rows.arrow can not be read as an Arrow file: "
        #expect(try message("arrow", []) == refusal + "it is empty")
        #expect(try message("arrow", whole.dropLast(9)) == refusal + "what an Arrow file ends with is not there")
        #expect(
            try message("arrow", Array("n,s\n1,x\n".utf8)) == refusal
                + "it begins neither as a file nor as a stream of Arrow"
        )
        #expect(
            try message("arrow", Array("FEA1 and more FEA1".utf8)) == refusal
                + "it is Feather of version 1; write it again as version 2"
        )
        // A stream is what a file has between its marks.
        let stream = Array(whole[8..<(whole.count / 2)])
        #expect(try message("arrow", stream).hasPrefix("…/rows.arrow "))
    }

    /// Buffers that a file describes wrongly are found before anybody follows them.
    @Test func placesThatLeadOutOfAColumnAreFound() throws {
        let program = """
            import sys, pyarrow as pa, pyarrow.feather as feather
            feather.write_feather(pa.table({"s": ["aaaa", "bbbb", "cccc"]}), sys.argv[1], compression="uncompressed")
            data = bytearray(open(sys.argv[1], "rb").read())
            place = data.index(bytes([0, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 12, 0, 0, 0]))
            data[place + 4:place + 8] = (1_000_000_000).to_bytes(4, "little")
            open(sys.argv[1], "wb").write(data)
            """
        var store = try RealStore("arrow", mode: .overwrite)
        let file = store.project["rows.arrow"]
        try ForeignPython.run(program, file)
        store.dataset.path = Located(file)
        let message = store.project.message { _ = try store.rows() }
        #expect(message.contains("\(file) is broken at record batch 1: "), "\(message)")
    }

    /// Ten thousand such files of each kind were tried once; these few guard what that found.
    @Test(arguments: ["orc", "arrow"])
    func aFileWithWrongBytesIsReadOrRefused(format: String) throws {
        let whole = try whole(format)
        var random = SeededGenerator(seed: TestSeed.value)
        for _ in 0..<60 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            let found = try message(format, bytes)
            #expect(found.isEmpty || found.contains("rows.\(format)"), "\(found)")
        }
    }
}
