import CTauro
import TauroModel

/// The table of functions that every call hands to its node.
///
/// One for the life of the process.
enum HostTable {
    private static let name: StaticString = "tauro-host"

    // Written once before anyone sees it, and never again.
    nonisolated(unsafe) static let pointer: UnsafePointer<tauro_host> = {
        let table = UnsafeMutablePointer<tauro_host>.allocate(capacity: 1)
        table.initialize(to: make())
        return UnsafePointer(table)
    }()

    private static func make() -> tauro_host {
        var table = tauro_host()
        table.struct_size = UInt32(MemoryLayout<tauro_host>.size)
        table.abi_major = UInt16(TAURO_ABI_MAJOR)
        table.abi_minor = UInt16(TAURO_ABI_MINOR)
        table.name = text(name)
        table.version = text(HostVersion.text)
        setTelling(&table)
        setFrames(&table)
        setArtifacts(&table)
        setML(&table)
        setResults(&table)
        table.get_extension = { _, _ in nil }
        return table
    }

    private static func text(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// Runs `body` for the call behind a pointer, and turns what it throws into a status with a text.
    static func status(
        _ hostData: UnsafeMutableRawPointer?,
        _ body: (PluginCall) throws -> Void
    ) -> Int32 {
        guard let call = PluginCall.of(hostData) else { return TAURO_E_INVALID }
        do {
            try body(call)
            return TAURO_OK
        } catch {
            return call.messages.leave(error)
        }
    }
}
