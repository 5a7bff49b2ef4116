import Foundation
import TauroBasics
import Testing

/// A broker that one test starts and may kill; gone with it.
final class OwnKafkaBroker {
    let broker: KafkaBroker
    private let directory: String
    private let pid: pid_t

    init() throws {
        directory = "\(NSTemporaryDirectory())/tauro-kafka-\(UInt64.random(in: .min ... .max))"
        try FileSystem.makeDirectories(directory)
        let process = Process()
        process.executableURL = URL(
            fileURLWithPath: FilePath.absolute("../../../../scripts/services.d/kafka", from: #filePath)
        )
        process.arguments = ["start", directory]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "the broker did not start: run scripts/setup")
        let address = try FileSystem.readText("\(directory)/environment").split(separator: "=")[1]
        broker = KafkaBroker(servers: address.trimmingCharacters(in: .whitespacesAndNewlines))
        let number = try FileSystem.readText("\(directory)/pid").trimmingCharacters(in: .whitespacesAndNewlines)
        pid = try #require(pid_t(number))
    }

    /// Ends it as a crash of its machine would.
    func kill() { _ = Foundation.kill(pid, SIGKILL) }

    deinit {
        kill()
        try? FileSystem.removeTree(directory)
    }
}
