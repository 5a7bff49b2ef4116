import Foundation

extension BrokenProject {
    /// Bytes that are no text, and defects in text of unusual bytes, whose places must still be right.
    static let encoding = [
        BrokenProject("nul-byte", names: "control characters", .append("# \0\n")),
        BrokenProject("nul-bytes-alone", names: "control characters", .write(Array(repeating: 0, count: 512))),
        BrokenProject("control-character", names: "control characters", .append("# \u{1B}[31m\n")),
        BrokenProject("latin-1", names: "UTF-8", .write(Array("# gr".utf8) + [0xFC] + Array("n\n".utf8))),
        BrokenProject("cut-character", names: "UTF-8", .write(Array("a: {description: ".utf8) + [0xC3])),
        BrokenProject("overlong-character", names: "UTF-8", .write([0x61, 0x3A, 0x20, 0xC0, 0xAF, 0x0A])),
        BrokenProject("surrogate", names: "UTF-8", .write([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80, 0x0A])),
        BrokenProject("utf-16-without-mark", names: "control characters", .write(utf16(goodNodes))),
        BrokenProject("utf-16-cut", names: "UTF-16", .write([0xFF, 0xFE] + utf16("load: {}") + [0x61])),
        BrokenProject("gzip", names: "control characters", .write([0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0])),
        BrokenProject("mark-inside", names: "value before it", .append("\u{FEFF}more: {function: t.quiet}\n")),
        BrokenProject("no-break-space", names: ":", .replace("function: t.total", "function:\u{A0}t.total")),
        BrokenProject("typographic-quotes", names: "“t.total”", .replace("function: t.total", "function: “t.total”")),
        BrokenProject("misspelt-in-crlf", names: "`functoin`", .text(misspelt.map { "\($0)\r\n" }.joined())),
        BrokenProject("misspelt-after-mark", names: "`functoin`", .text("\u{FEFF}" + misspelt.joined(separator: "\n"))),
        BrokenProject("misspelt-in-cr", names: "`functoin`", .text(misspelt.map { "\($0)\r" }.joined())),
        BrokenProject(
            "misspelt-in-utf-16",
            names: "`functoin`",
            .write(utf16("\u{FEFF}" + misspelt.joined(separator: "\n")))
        ),
        BrokenProject(
            "misspelt-after-wide-characters",
            names: "`functoin`",
            .replace("load:\n  function", "load: # ✅ 😀\n  functoin")
        ),
        BrokenProject(
            "misspelt-behind-wide-characters",
            names: "`outptu`",
            .append("mehr: {description: \"süß 😀\", function: t.quiet, outptu: x}\n")
        ),
    ]

    private static let misspelt = goodNodes.replacingOccurrences(of: "load:\n  function", with: "load:\n  functoin")
        .components(separatedBy: "\n")

    /// The low byte of each unit first.
    private static func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
}
