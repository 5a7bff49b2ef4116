/// Texts as a person types them to a shell.
package enum ShellText {
    /// The text as one word of a command; in quotes where the shell would read it otherwise.
    package static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            byte.isASCIILetter || byte.isASCIIDigit || "/._-+,:@%=".utf8.contains(byte)
        }
        if isPlain && !text.isEmpty { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
