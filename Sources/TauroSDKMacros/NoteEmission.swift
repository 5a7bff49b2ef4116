import SwiftSyntax
import SwiftSyntaxBuilder

/// The major and minor version of the C ABI that this SDK is written against, as a note's type has them.
private let noteType = 0x0001_0000

/// A constant in the section `.note.tauro`, laid out as an ELF note whose description is `text`.
///
/// The description ends with at least one NUL and is padded to a multiple of four bytes, so that the next note follows
/// aligned. The sizes are `UInt32` and the arrays inline, which is all that a statically initialised constant may have.
func noteDeclaration(named name: String, access: String, text: String) -> DeclSyntax {
    var description = Array(text.utf8) + [0]
    while description.count % 4 != 0 { description.append(0) }
    let bytes = description.map { String($0) }.joined(separator: ", ")
    return """
        @section(".note.tauro") @used
        \(raw: access)let \(raw: name): \
        (UInt32, UInt32, UInt32, InlineArray<8, UInt8>, InlineArray<\(raw: description.count), UInt8>) = \
        (6, \(raw: description.count), \(raw: noteType), [84, 65, 85, 82, 79, 0, 0, 0], [\(raw: bytes)])
        """
}
