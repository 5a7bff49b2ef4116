import TauroBasics
import TauroRuntime

/// How people call this program.
enum HostCommand {
    private static let name = "tauro-host"

    /// The bare name where the shell finds this very program by it, else the program's path, quoted as a shell wants it.
    static func current() -> String {
        guard let program = AuthoringKit.program else { return name }
        let directories = (ProcessEnvironment.variables()["PATH"] ?? "").split(separator: ":")
        let first = directories.map { FilePath.join(String($0), name) }.first { FileSystem.exists($0) }
        let found = first.flatMap { try? FileSystem.realPath($0) }
        return found == program ? name : ShellWord.quoted(program)
    }
}

/// Words of a shell's command line.
enum ShellWord {
    /// The text as one word: as it is where no character means anything to a shell, else in single quotes.
    static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            byte >= 0x80 || byte.isASCIILetter || byte.isASCIIDigit || "/._-+=:,@%".utf8.contains(byte)
        }
        if plain && !text.isEmpty && !text.hasPrefix("-") { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
