import TauroSDK
import Testing

@Suite("Notes in the built binary")
struct NoteInBinaryTests {
    @Test("the notes of this program's own nodes lie in a PT_NOTE segment")
    func notes() throws {
        let notes = try notesOfThisProgram()
        #expect(notes.contains("plugin\tsamples\t0.1.0\nflag\tserial\n"))
        let total = try #require(notes.first { $0.hasPrefix("node\tsamples.total\t") })
        #expect(
            total == """
                node\tsamples.total\ttauro_node_samples_total
                doc\t"Adds up a column."
                in\tframe\trows
                param\ti64\tstart\t10
                param\tstr\tlabel\t"sum"

                """
        )
        // Segments of different alignment may overlap, and then show a note twice.
        #expect(Set(notes).count { $0.hasPrefix("node\tsamples.") } == 5)
    }
}

/// The texts of all tauro notes in the segments of this program's file, found as a host finds them.
private func notesOfThisProgram() throws -> [String] {
    try Artifact(file: "/proc/self/exe", mediaType: "application/x-elf").bytes.withUnsafeBytes { file in
        let first = Int(file.loadUnaligned(fromByteOffset: 32, as: UInt64.self))
        let size = Int(file.loadUnaligned(fromByteOffset: 54, as: UInt16.self))
        let count = Int(file.loadUnaligned(fromByteOffset: 56, as: UInt16.self))
        return (0..<count).map { first + $0 * size }.flatMap { header -> [String] in
            guard file.loadUnaligned(fromByteOffset: header, as: UInt32.self) == 4 else { return [] }
            let start = Int(file.loadUnaligned(fromByteOffset: header + 8, as: UInt64.self))
            let length = Int(file.loadUnaligned(fromByteOffset: header + 32, as: UInt64.self))
            return tauroNotes(in: UnsafeRawBufferPointer(rebasing: file[start..<start + length]))
        }
    }
}

private func tauroNotes(in segment: UnsafeRawBufferPointer) -> [String] {
    var notes: [String] = []
    var offset = 0
    while offset + 12 <= segment.count {
        let nameSize = Int(segment.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        let textSize = Int(segment.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
        let type = segment.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self)
        // Zeros between notes, which the address sanitizer puts there.
        if nameSize == 0 {
            offset += 4
            continue
        }
        let name = offset + 12
        let text = name + (nameSize + 3) / 4 * 4
        if segment[name..<name + nameSize].elementsEqual("TAURO\0".utf8), type == 1 << 16 {
            notes.append(String(decoding: segment[text..<text + textSize].prefix { $0 != 0 }, as: UTF8.self))
        }
        offset = text + (textSize + 3) / 4 * 4
    }
    return notes
}
