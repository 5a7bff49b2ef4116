import TauroData

extension Dataset {
    /// The buffers of a frame's rows in memory, by their address, with their sizes in bytes.
    ///
    /// Frames that share columns name the same buffers. Empty for an artifact and for a frame that is read on demand. Not
    /// among them are the copies that worker processes share.
    package var bufferSizes: [UInt: Int] {
        guard case .frame(let frame) = self, case .memory(_, let batches) = frame.content else { return [:] }
        var sizes: [UInt: Int] = [:]
        for batch in batches { batch.addBuffers(to: &sizes) }
        return sizes
    }
}
