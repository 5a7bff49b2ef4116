import Glibc
package import TauroBasics
import TauroModel

/// Writes down which functions a run is calling in this process, where it outlives the process.
///
/// A file in the run's directory, mapped into memory: a call costs a few copies, no system call and no lock. Safe from
/// any thread. The file is locked for as long as this object lives, which tells other processes that the run lives.
package final class CallRecord: Sendable {
    /// The run that it is the record of.
    package struct Run: Sendable {
        let id: String
        let pipeline: String
        let startedAt: Timestamp
        let workers: Int
        let earlierNodes: [String]

        /// Describes a run.
        ///
        /// `workers` is how many calls may be under way at once; `earlierNodes` are those that hosts of the runs before
        /// it died in, where it resumes one.
        package init(id: String, pipeline: String, startedAt: Timestamp, workers: Int, earlierNodes: [String]) {
            self.id = id
            self.pipeline = pipeline
            self.startedAt = startedAt
            self.workers = workers
            self.earlierNodes = earlierNodes
        }
    }

    /// Room for calls that nobody waits for any more while their workers go on.
    private static let spareSlots = 16

    private let file: MappedFile
    private let path: String
    let slotCount: Int
    /// Finds the end of a thread in the middle of a call; nil where nobody is told of crashes.
    private let threads: ThreadWatch?

    /// The whole record in memory: the header, then the slots.
    var memory: UnsafeMutableRawPointer {
        // A mapping of more than no bytes has an address.
        file.memory.baseAddress.unsafelyUnwrapped
    }

    /// Makes the record of a run.
    ///
    /// - Parameters:
    ///   - run: the run.
    ///   - project: the project's directory, absolute.
    ///   - temporaryPath: where the file is until it is complete; on the file system of the project.
    ///   - tellsCrashes: whether this process says so on stderr when it dies inside a call: for one run at a time, and
    ///     only in a process whose signals and exits are the host's own.
    /// - Throws: `SystemError` when there is no room for it; a run can go on without one.
    package init(
        _ run: Run,
        project: String,
        temporaryPath: String,
        tellsCrashes: Bool
    ) throws(SystemError) {
        let wanted = run.workers + CallRecord.spareSlots + run.earlierNodes.count
        slotCount = min(wanted, RecordLayout.mostSlots)
        path = RunRecords.path(project: project, run: run.id)
        try FileSystem.makeDirectories(FilePath.parent(temporaryPath))
        file = try MappedFile(
            creating: temporaryPath,
            size: RecordLayout.headerSize + slotCount * RecordLayout.slotSize
        )
        threads = tellsCrashes ? ThreadWatch.shared : nil
        writeHeader(run)
        for (index, node) in run.earlierNodes.prefix(slotCount).enumerated() {
            slot(index).fill(node: node, function: "", plugin: "", attempt: 0, at: 0)
            slot(index).move(to: RecordLayout.State.earlier)
        }
        do throws(SystemError) {
            try FileSystem.makeDirectories(FilePath.parent(path))
            try FileSystem.rename(temporaryPath, to: path)
        } catch {
            unlink(temporaryPath)
            throw error
        }
        if tellsCrashes { CrashNote.begin(self) }
    }

    /// Notes that a function is about to be called by this thread; nil where there is no slot left.
    func enter(_ invocation: NodeInvocation) -> CallSlot? {
        guard let slot = claimSlot() else { return nil }
        slot.fill(
            node: invocation.node,
            function: invocation.signature.name,
            plugin: invocation.signature.plugin.path,
            attempt: invocation.attempt,
            at: CallRecord.roughTime()
        )
        slot.move(to: RecordLayout.State.inCall)
        threads?.enter(slot)
        return slot
    }

    /// Notes that this thread's call is over.
    func leave(_ slot: CallSlot) {
        threads?.leave()
        slot.move(to: RecordLayout.State.free)
    }

    /// Removes the record of a run that came to an end, and the run's directory if nothing else is in it.
    ///
    /// Calls that nobody waits for may still leave.
    package func close() {
        CrashNote.end(self)
        try? FileSystem.removeFile(path)
        rmdir(FilePath.parent(path))
    }

    /// Notes, in the record that crashes are told of, that the process is ended on purpose now.
    package static func endOnPurpose() { CrashNote.endOnPurpose() }

    /// The slot of a number from 0.
    func slot(_ index: Int) -> CallSlot {
        CallSlot(address: memory + RecordLayout.headerSize + index * RecordLayout.slotSize)
    }

    /// Milliseconds since 1970 as of the last tick, which is near enough for people and costs a fraction of the exact time.
    private static func roughTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Threads begin to look in different places, so that they rarely want the same slot.
    private func claimSlot() -> CallSlot? {
        let first = Int(truncatingIfNeeded: (UInt64(pthread_self()) >> 12) % UInt64(slotCount))
        for step in 0..<slotCount {
            let slot = slot((first + step) % slotCount)
            if slot.claim() { return slot }
        }
        return nil
    }

    private func writeHeader(_ run: Run) {
        typealias Header = RecordLayout.Header
        memory.storeBytes(of: RecordLayout.magic, toByteOffset: Header.magic, as: UInt64.self)
        memory.storeBytes(of: RecordLayout.version, toByteOffset: Header.version, as: UInt32.self)
        memory.storeBytes(of: UInt32(slotCount), toByteOffset: Header.slotCount, as: UInt32.self)
        memory.storeBytes(of: getpid(), toByteOffset: Header.process, as: Int32.self)
        memory.storeBytes(of: run.startedAt.millisecondsSinceEpoch, toByteOffset: Header.startedAt, as: Int64.self)
        memory.write(BootIdentifier.current(), at: Header.boot)
        memory.write("\(HostVersion.text)", at: Header.hostVersion)
        memory.write(run.id, at: Header.run)
        memory.write(run.pipeline, at: Header.pipeline)
    }
}
