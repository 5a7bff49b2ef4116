import Foundation
import Synchronization

/// C and C++ fixtures, compiled while the tests run, into one temporary directory.
enum Fixture {
    struct CompileError: Error {
        let text: String
    }

    /// The repository, whatever links lead to this file.
    static let repository: URL = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let directory: String = {
        let path = NSTemporaryDirectory() + "tauro-plugin-tests-\(getpid())"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(atPath: Fixture.directory) }
        return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }()

    static let calls = Result { try compile(file: "calls.c") }
    static let emits = Result { try compile(file: "emits.c") }
    static let serial = Result { try compile(file: "serial.c") }
    static let throwing = Result { try compile(file: "throwing.cpp") }

    /// A new, empty directory.
    static func freshDirectory() throws -> String {
        let path = "\(directory)/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static let compiled = Mutex<[String: String]>([:])

    /// The shared object of a file of `Fixtures`, compiled the first time.
    static func compile(file name: String, once: Bool) throws -> String {
        try compiled.withLock { compiled in
            if let path = compiled[name] { return path }
            let path = try compile(file: name)
            compiled[name] = path
            return path
        }
    }

    /// Compiles a file of `Fixtures` to a shared object.
    static func compile(file name: String) throws -> String {
        let source = repository.appendingPathComponent("Tests/TauroPluginHostTests/Fixtures/\(name)").path
        let target = "\(directory)/\(name).so"
        try run(name.hasSuffix("cpp") ? "c++" : "cc", ["-shared", source, "-D_GNU_SOURCE", "-o", target])
        return target
    }

    /// Compiles source text to a shared object of a name in a directory.
    static func compile(
        _ source: String,
        to name: String = "node.so",
        in directory: String? = nil,
        shared: Bool = true,
        flags: [String] = []
    ) throws -> String {
        let folder = try directory ?? freshDirectory()
        let target = "\(folder)/\(name)"
        let file = try freshDirectory() + "/node.c"
        try source.write(toFile: file, atomically: true, encoding: .utf8)
        try run("cc", (shared ? ["-shared"] : []) + [file, "-o", target] + flags)
        return target
    }

    /// A node that does nothing, under a dotted name.
    static func plainNode(_ dotted: String, symbol: String = "plain") -> String {
        """
        #include <tauro/tauro.h>
        TAURO_NODE(\(symbol), "\(dotted)", TAURO_RETURNS(nothing)) { (void)call; return TAURO_OK; }

        """
    }

    /// A shared object with one hand-written note, and a function `plain`.
    static func rawNote(_ text: String, type: UInt32 = 0x1_0000, name: String = "TAURO") throws -> String {
        let bytes = Array(text.utf8)
        let list = bytes.map { "\($0)" }.joined(separator: ",")
        return try compile(
            """
            #include <stdint.h>
            int32_t plain(void) { return 0; }
            static const struct { uint32_t namesz, descsz, type; char name[8]; unsigned char desc[\(max(1, bytes.count))]; }
            note __attribute__((used, aligned(4), section(".note.tauro"))) = {
              6, \(bytes.count), \(type)u, "\(name)", {\(list)}};
            """
        )
    }

    /// Runs a tool and waits for it.
    static func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let common = tool.hasPrefix("c") ? ["-fPIC", "-I", repository.appendingPathComponent("include").path] : []
        process.arguments = [tool] + common + arguments
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw CompileError(text: String(text.prefix(2_000))) }
    }
}
