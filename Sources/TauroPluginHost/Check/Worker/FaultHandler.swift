import Glibc

/// Tells the host what a node did to its inputs, when the process is about to end of it.
///
/// What runs in a signal handler here touches nothing but memory made ready before: no allocation, no lock, no reference
/// count, no loop over a `Range`.
enum FaultHandler {
    /// Longest name of a place that is told, in bytes.
    private static var longestPlace: Int { 512 }
    /// Kind and flag of an envelope, the fault, and the length of the place.
    private static var headSize: Int { 17 }

    /// Makes the process tell of faults over the socket `descriptor`; the first time only.
    static func install(socket descriptor: Int32) {
        guard faultMessage == nil else { return }
        let message = UnsafeMutableRawPointer.allocate(byteCount: headSize + longestPlace, alignment: 8)
        message.initializeMemory(as: UInt8.self, repeating: 0, count: headSize + longestPlace)
        message.storeBytes(of: Envelope.Kind.fault.rawValue, as: UInt32.self)
        let replaced = UnsafeMutablePointer<sigaction>.allocate(capacity: 1)
        replaced.initialize(to: sigaction())
        replacedFaultAction = replaced
        faultSocket = descriptor
        faultMessage = message
        var wanted = sigaction()
        wanted.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
        wanted.__sigaction_handler.sa_sigaction = { _, information, _ in FaultHandler.handle(information) }
        sigemptyset(&wanted.sa_mask)
        sigaction(SIGSEGV, &wanted, replaced)
    }

    private static func handle(_ information: UnsafeMutablePointer<siginfo_t>?) {
        let code = errno
        if let information, information.pointee.si_code > 0 {
            tell(UInt(bitPattern: information.pointee._sifields._sigfault.si_addr))
        }
        // The fault happens again when this returns, and meets what was there before.
        if let replacedFaultAction { sigaction(SIGSEGV, replacedFaultAction, nil) }
        if let information, information.pointee.si_code <= 0 { raise(SIGSEGV) }
        errno = code
    }

    private static func tell(_ address: UInt) {
        guard let table = faultRegionTable, let message = faultMessage else { return }
        var index = 0
        while index < faultRegionCount {
            let region = table + index
            if address >= region.pointee.start && address < region.pointee.end {
                send(message, region, fault(at: address, region))
                return
            }
            index += 1
        }
    }

    private static func fault(at address: UInt, _ region: UnsafeMutablePointer<FaultRegions.Region>) -> UInt8 {
        if region.pointee.isForbidden { return MemoryFault.usedAfterRelease.rawValue }
        return address >= region.pointee.guardStart ? MemoryFault.wentBeyond.rawValue : MemoryFault.wrote.rawValue
    }

    private static func send(
        _ message: UnsafeMutableRawPointer,
        _ region: UnsafeMutablePointer<FaultRegions.Region>,
        _ fault: UInt8
    ) {
        let length = region.pointee.placeLength < longestPlace ? region.pointee.placeLength : longestPlace
        message.storeBytes(of: fault, toByteOffset: 8, as: UInt8.self)
        message.storeBytes(of: UInt64(length), toByteOffset: 9, as: UInt64.self)
        if let place = region.pointee.place { memcpy(message + headSize, place, length) }
        _ = Glibc.send(faultSocket, message, headSize + length, Int32(MSG_NOSIGNAL))
    }
}

/// The message that the handler sends, ready but for its end.
@exclusivity(unchecked) nonisolated(unsafe) private var faultMessage: UnsafeMutableRawPointer? = nil
@exclusivity(unchecked) nonisolated(unsafe) private var faultSocket: Int32 = -1
/// What was there before.
@exclusivity(unchecked) nonisolated(unsafe) private var replacedFaultAction: UnsafeMutablePointer<sigaction>? = nil
