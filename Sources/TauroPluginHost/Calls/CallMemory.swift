import CTauro
import TauroModel

/// What the function of one call sees: the C structures, its arguments, and the texts they point to.
///
/// One block at a fixed address, since taking memory is most of what a short call costs. Filled by one thread before
/// the call and only read afterwards; freed with its owner.
struct CallMemory: ~Copyable {
    let call: UnsafeMutablePointer<tauro_call>
    let output: UnsafeMutablePointer<tauro_output>
    let ml: UnsafeMutablePointer<tauro_ml>
    /// The address of each argument, as libffi wants them.
    let arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    /// The number of arguments so far.
    private(set) var count = 0
    private let list: UnsafeMutablePointer<tauro_frame_list>
    /// One slot of eight bytes for each argument, in the order of the function.
    private let slots: UnsafeMutablePointer<UInt64>
    private let listed: UnsafeMutablePointer<OpaquePointer?>
    private let block: UnsafeMutableRawPointer
    private let end: UnsafeMutableRawPointer
    /// Where the next text goes.
    private var free: UnsafeMutableRawPointer

    /// Makes room for everything of a call and fills the structures in.
    init(_ invocation: NodeInvocation) {
        let slotCount = invocation.signature.argumentCount
        let size =
            MemoryLayout<tauro_call>.stride + MemoryLayout<tauro_output>.stride + MemoryLayout<tauro_ml>.stride
            + MemoryLayout<tauro_frame_list>.stride + 8 * (2 * slotCount + invocation.inputs.count)
            + CallMemory.textSize(of: invocation)
        block = .allocate(byteCount: size, alignment: 8)
        end = block + size
        free = block
        call = CallMemory.cut(1, from: &free)
        output = CallMemory.cut(1, from: &free)
        ml = CallMemory.cut(1, from: &free)
        list = CallMemory.cut(1, from: &free)
        arguments = CallMemory.cut(slotCount, from: &free)
        slots = CallMemory.cut(slotCount, from: &free)
        listed = CallMemory.cut(invocation.inputs.count, from: &free)
        initializeStructures(invocation)
    }

    deinit { block.deallocate() }

    private mutating func initializeStructures(_ invocation: NodeInvocation) {
        let host = HostTable.pointer
        let (node, runID) = (copy(invocation.node), copy(invocation.runID))
        call.initialize(
            to: tauro_call(
                struct_size: CallMemory.size(of: tauro_call.self),
                attempt: UInt32(clamping: invocation.attempt),
                host: host,
                host_data: nil,
                node: node,
                run_id: runID,
                deadline_ns: invocation.deadline ?? 0
            )
        )
        output.initialize(
            to: tauro_output(
                struct_size: CallMemory.size(of: tauro_output.self),
                reserved: 0,
                host: host,
                host_data: nil
            )
        )
        ml.initialize(
            to: tauro_ml(struct_size: CallMemory.size(of: tauro_ml.self), reserved: 0, host: host, host_data: nil)
        )
        list.initialize(
            to: tauro_frame_list(
                struct_size: CallMemory.size(of: tauro_frame_list.self),
                reserved: 0,
                count: 0,
                frames: UnsafePointer(listed)
            )
        )
    }

    /// Sets what the host's functions find their call by.
    func setHostData(_ data: UnsafeMutableRawPointer) {
        call.pointee.host_data = data
        output.pointee.host_data = data
        ml.pointee.host_data = data
    }

    mutating func append(_ pointer: UnsafeRawPointer?) { append(slot: UInt64(UInt(bitPattern: pointer))) }

    mutating func append(_ number: Int64) { append(slot: UInt64(bitPattern: number)) }

    mutating func append(_ number: Double) { append(slot: number.bitPattern) }

    /// A C `bool` is one byte, the slot's first, whatever the byte order.
    mutating func append(_ flag: Bool) { append(slot: UInt64(littleEndian: flag ? 1 : 0)) }

    /// Appends a copy of a text, or NULL; it ends at the text's first NUL.
    mutating func append(_ text: String?) { append(text.map { UnsafeRawPointer(copy($0)) }) }

    /// Appends the list of frames, of which there is one at most.
    mutating func append(list frames: ArraySlice<FrameHandle>) {
        for (index, frame) in frames.enumerated() {
            (listed + index).initialize(to: OpaquePointer(frame.pointer))
        }
        list.pointee.count = frames.count
        append(UnsafeRawPointer(list))
    }

    private mutating func append(slot: UInt64) {
        precondition(UnsafeMutableRawPointer(slots + count) < UnsafeMutableRawPointer(listed), "too many arguments")
        (slots + count).initialize(to: slot)
        (arguments + count).initialize(to: slots + count)
        count += 1
    }

    private mutating func copy(_ text: String) -> UnsafePointer<CChar> {
        let start = free
        var text = text
        text.withUTF8 { bytes in
            precondition(bytes.count < end - free, "a text that was not counted")
            if let first = bytes.baseAddress { free.copyMemory(from: first, byteCount: bytes.count) }
            free += bytes.count
        }
        free.storeBytes(of: 0, as: UInt8.self)
        free += 1
        return UnsafePointer(start.assumingMemoryBound(to: CChar.self))
    }

    /// The bytes of all texts of a call, each with a closing NUL.
    private static func textSize(of invocation: NodeInvocation) -> Int {
        var size = invocation.node.utf8.count + 1 + invocation.runID.utf8.count + 1
        size += textSize(of: invocation.dates.start) + textSize(of: invocation.dates.end)
        for case .string(let text) in invocation.parameters { size += textSize(of: text) }
        return size
    }

    private static func textSize(of text: String?) -> Int { text.map { $0.utf8.count + 1 } ?? 0 }

    private static func size<Structure>(of type: Structure.Type) -> UInt32 { UInt32(MemoryLayout<Structure>.size) }

    /// Cuts room for elements, all of an alignment of eight bytes, from the beginning of `free`.
    private static func cut<Element>(
        _ count: Int,
        from free: inout UnsafeMutableRawPointer
    ) -> UnsafeMutablePointer<Element> {
        defer { free += count * MemoryLayout<Element>.stride }
        return free.bindMemory(to: Element.self, capacity: count)
    }
}

extension NodeSignature {
    /// The number of arguments of the function: `int32_t f(call, inputs…, dates, [ml], params…, out)`.
    var argumentCount: Int { 1 + inputs.count + 2 + (takesML ? 1 : 0) + parameters.count + 1 }
}
