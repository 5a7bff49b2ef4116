import CTauro
import TauroModel

/// The C structures of one call, at fixed addresses, with the texts they point to.
///
/// Not for sharing by itself: its owner sets it up before the call and leaves it alone afterwards.
final class CallStructures {
    let call: UnsafeMutablePointer<tauro_call>
    let output: UnsafeMutablePointer<tauro_output>
    let ml: UnsafeMutablePointer<tauro_ml>
    private let list: UnsafeMutablePointer<tauro_frame_list>
    private var listed: UnsafeMutablePointer<OpaquePointer?>?
    private let node: CText
    private let runID: CText

    init(_ invocation: NodeInvocation) {
        node = CText(invocation.node)
        runID = CText(invocation.runID)
        call = .allocate(capacity: 1)
        output = .allocate(capacity: 1)
        ml = .allocate(capacity: 1)
        list = .allocate(capacity: 1)
        let host = HostTable.pointer
        call.initialize(
            to: tauro_call(
                struct_size: CallStructures.size(of: tauro_call.self),
                attempt: UInt32(clamping: invocation.attempt),
                host: host,
                host_data: nil,
                node: node.pointer,
                run_id: runID.pointer,
                deadline_ns: invocation.deadline ?? 0
            )
        )
        output.initialize(
            to: tauro_output(
                struct_size: CallStructures.size(of: tauro_output.self),
                reserved: 0,
                host: host,
                host_data: nil
            )
        )
        ml.initialize(
            to: tauro_ml(struct_size: CallStructures.size(of: tauro_ml.self), reserved: 0, host: host, host_data: nil)
        )
        list.initialize(
            to: tauro_frame_list(
                struct_size: CallStructures.size(of: tauro_frame_list.self),
                reserved: 0,
                count: 0,
                frames: nil
            )
        )
    }

    deinit {
        call.deallocate()
        output.deallocate()
        ml.deallocate()
        list.deallocate()
        listed?.deallocate()
    }

    /// Sets what the host's functions find their call by.
    func setHostData(_ data: UnsafeMutableRawPointer) {
        call.pointee.host_data = data
        output.pointee.host_data = data
        ml.pointee.host_data = data
    }

    /// Sets the frames of the list, once.
    ///
    /// - Returns: the list.
    func setList(_ frames: [UnsafeRawPointer]) -> UnsafeRawPointer {
        let listed = UnsafeMutablePointer<OpaquePointer?>.allocate(capacity: max(1, frames.count))
        listed.initialize(repeating: nil, count: max(1, frames.count))
        for (index, frame) in frames.enumerated() { listed[index] = OpaquePointer(frame) }
        self.listed = listed
        list.pointee.count = frames.count
        list.pointee.frames = UnsafePointer(listed)
        return UnsafeRawPointer(list)
    }

    private static func size<Structure>(of type: Structure.Type) -> UInt32 { UInt32(MemoryLayout<Structure>.size) }
}
