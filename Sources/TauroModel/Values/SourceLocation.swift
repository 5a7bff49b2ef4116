import Synchronization

/// A place in a configuration file, as people and editors count it.
///
/// Every value of a configuration has one, so it is twelve bytes that copy for free.
public struct SourceLocation: Sendable, Hashable, Comparable {
    private let source: SourceFile
    private let lineNumber: UInt32
    private let columnNumber: UInt32

    /// Absolute path of the file, or a label such as `--param` for what came from elsewhere.
    public var file: String { source.path }
    /// Line, from 1; 0 where the place is the whole file.
    public var line: Int { Int(lineNumber) }
    /// Column in characters, from 1; 0 where the place is the whole line.
    public var column: Int { Int(columnNumber) }

    /// Creates a location.
    public init(file: String, line: Int = 0, column: Int = 0) {
        self.init(SourceFile(file), line: line, column: column)
    }

    private init(_ source: SourceFile, line: Int, column: Int) {
        self.source = source
        lineNumber = UInt32(clamping: line)
        columnNumber = UInt32(clamping: column)
    }

    /// Another place in the same file.
    package func at(line: Int, column: Int) -> SourceLocation { SourceLocation(source, line: line, column: column) }

    /// Orders by file, then line, then column.
    public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        if left.source != right.source { return left.file < right.file }
        return (left.lineNumber, left.columnNumber) < (right.lineNumber, right.columnNumber)
    }
}

extension SourceLocation: CustomDebugStringConvertible {
    /// File, line and column as compilers write them.
    public var debugDescription: String { "\(file):\(line):\(column)" }
}

/// The path of a file under a number, which it keeps as long as the process lives.
///
/// Safe from any thread.
private struct SourceFile: Sendable, Hashable {
    private struct Register {
        var paths: [String] = []
        var numbers: [String: UInt32] = [:]
    }

    private static let register = Mutex(Register())

    private let number: UInt32

    init(_ path: String) {
        number = Self.register.withLock { register in
            if let number = register.numbers[path] { return number }
            let number = UInt32(register.paths.count)
            register.paths.append(path)
            register.numbers[path] = number
            return number
        }
    }

    var path: String { Self.register.withLock { $0.paths[Int(number)] } }
}
