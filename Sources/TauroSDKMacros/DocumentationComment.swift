import SwiftSyntax

/// The text of a declaration's doc comment: its summary and discussion, one line a paragraph.
///
/// Lists of parameters, of what is returned and of what is thrown are left out: the note has the parameters already.
func documentation(of declaration: some SyntaxProtocol) -> String? {
    let lines = commentLines(in: declaration.leadingTrivia)
    let fields = ["- Parameter", "- Returns:", "- Throws:"]
    var paragraphs: [String] = []
    var startsParagraph = true
    for line in lines {
        if fields.contains(where: { line.hasPrefix($0) }) { break }
        if line.isEmpty {
            startsParagraph = true
        } else if startsParagraph || line.hasPrefix("- ") {
            paragraphs.append(line)
            startsParagraph = false
        } else if let last = paragraphs.popLast() {
            paragraphs.append(last + " " + line)
        }
    }
    return paragraphs.isEmpty ? nil : paragraphs.joined(separator: "\n")
}

private func commentLines(in trivia: Trivia) -> [String] {
    trivia.pieces.flatMap { piece -> [String] in
        switch piece {
        case .docLineComment(let text): [trimmed(text.dropFirst(3))]
        case .docBlockComment(let text): blockLines(text)
        default: []
        }
    }
}

private func blockLines(_ text: String) -> [String] {
    text.dropFirst(3).dropLast(2).split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let content = trimmed(line)
        return content.hasPrefix("*") ? trimmed(content.dropFirst()) : content
    }
}

private func trimmed(_ text: some StringProtocol) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    let rest = text.drop(while: isBlank)
    return String(rest.reversed().drop(while: isBlank).reversed())
}
