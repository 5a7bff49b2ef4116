import Foundation
import TauroBasics
import Testing

/// A server written in Python that runs as long as this object lives.
///
/// Its program prints its port, and a line break, once it listens. It gets no descriptor but its own: Foundation learns of
/// a process's end by one that other children must not keep.
final class TestServer {
    let port: Int
    private let process: ChildProcess

    init(_ program: String, _ arguments: [String] = []) throws {
        let output = Pipe()
        let nowhere = try #require(FileHandle(forUpdatingAtPath: "/dev/null"))
        process = try ChildProcess(
            starting: ChildProcess.Request(
                program: Checkout.root + "/scripts/python",
                arguments: ["-u", "-c", program] + arguments,
                environment: ProcessInfo.processInfo.environment,
                descriptors: [
                    nowhere.fileDescriptor, output.fileHandleForWriting.fileDescriptor,
                    nowhere.fileDescriptor,
                ]
            )
        )
        try output.fileHandleForWriting.close()
        var line = Data()
        while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1) {
            if byte.isEmpty { break }
            line += byte
        }
        port = Int(String(decoding: line.dropLast(), as: UTF8.self)) ?? 0
        try #require(port != 0, "the server ended without a port")
    }

    deinit {
        process.killGroup()
        _ = process.wait()
    }
}

/// Where the services of `scripts/services` are.
enum TestService {
    /// The address of a service, by the variable that names it.
    ///
    /// - Throws: an error that says how services are started.
    static func address(_ variable: String) throws -> String {
        if let address = ProcessInfo.processInfo.environment[variable] { return address }
        throw Missing(description: "\(variable) is not set: run the tests with scripts/services run swift test …")
    }

    /// A service that does not run.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }
}
