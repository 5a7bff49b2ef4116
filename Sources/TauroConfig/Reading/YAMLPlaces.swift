import CYAML
import TauroBasics
import TauroModel

/// Turns libyaml's marks into places of one file.
struct YAMLPlaces {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The file as a whole.
    let file: SourceLocation
    /// Where the text ends, in characters and as a place; nil where it ends with a line break, as it should.
    private let end: (index: Int, location: SourceLocation)?

    init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.bytes = bytes
        self.file = SourceLocation(file: file)
        guard let last = bytes.last, last != UInt8(ascii: "\n"), last != UInt8(ascii: "\r") else {
            end = nil
            return
        }
        let characters = bytes.count { $0 & 0xC0 != 0x80 }
        var places = ByteOffsetPlaces(bytes: bytes)
        let place = places.place(of: bytes.count)
        // libyaml does not count a byte order mark.
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        end = (
            characters - (isMarked ? 1 : 0),
            self.file.at(line: place.line, column: place.column - (isMarked && place.line == 1 ? 1 : 0))
        )
    }

    /// The place of a mark.
    ///
    /// libyaml puts the end of a text that ends within a line into a line of its own, which the file does not have.
    func location(_ mark: yaml_mark_t) -> SourceLocation {
        if let end, mark.column == 0, mark.line > 0, mark.index >= end.index { return end.location }
        return file.at(line: mark.line + 1, column: mark.column + 1)
    }

    /// The place of a byte.
    func location(ofByte offset: Int) -> SourceLocation {
        var places = ByteOffsetPlaces(bytes: bytes)
        let place = places.place(of: min(offset, bytes.count))
        return file.at(line: place.line, column: place.column)
    }
}
