import CTauro
import Synchronization
import TauroData
import TauroModel

/// Hands out frames to a node as Arrow structures that are watched: what it does to their memory, and how often it
/// releases them.
///
/// Safe from any thread. The structures and their memory stay until it is closed, so that a wrong release does no harm.
final class InputGuard: StreamExporter {
    /// What a node did with the structures.
    struct Conduct {
        /// What is still not released, in words.
        var kept: [String] = []
        /// What was released more than once.
        var releasedAgain: [String] = []
    }

    /// What is watched.
    enum Aim {
        /// That buffers are neither written to nor read beyond their ends.
        case bounds
        /// That structures are released once, and not used afterwards.
        case releases
    }

    private let aim: Aim
    private let structures = Mutex<[GuardedStructure]>([])

    init(_ aim: Aim) {
        self.aim = aim
    }

    deinit { close() }

    func export(_ stream: any RecordBatchStream, of table: String) throws -> ArrowArrayStream {
        let structure = GuardedStructure("the stream of '\(table)'")
        let state = GuardedStream(stream, table: table, owner: self, structure)
        structure.stream = state
        keep(structure)
        return state.export()
    }

    /// What the node did until now.
    var conduct: Conduct {
        structures.withLock { structures in
            var conduct = Conduct()
            for structure in structures {
                switch structure.releaseCount {
                case 0: if !structure.isChild { conduct.kept.append(structure.name) }
                case 1: break
                default: conduct.releasedAgain.append(structure.name)
                }
            }
            return conduct
        }
    }

    /// Gives all memory back; nothing of it may be in use.
    func close() {
        let all = structures.withLock { structures in
            defer { structures = [] }
            return structures
        }
        for structure in all { structure.close() }
    }

    /// A watched C array of the rows of a batch.
    func export(_ batch: RecordBatch, of table: String) throws -> ArrowArray {
        var source = batch.export()
        defer { source.release?(&source) }
        return try copy(source, .structure(batch.schema.fields), "a batch of '\(table)'", isChild: false)
    }

    private func copy(
        _ source: ArrowArray,
        _ type: ArrowType,
        _ name: String,
        isChild: Bool
    ) throws -> ArrowArray {
        let structure = GuardedStructure(name, isChild: isChild)
        structure.forbidsReleased = aim == .releases
        let sizes = type.bufferSizes(of: source)
        let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(1, sizes.count))
        structure.bufferList = buffers
        for (index, size) in sizes.enumerated() {
            (buffers + index).initialize(to: nil)
            guard let bytes = source.buffers[index], let size else { continue }
            let place = "\(Self.bufferName(index, of: sizes.count)) of \(name)"
            let source = UnsafeRawBufferPointer(start: bytes, count: size)
            guard let buffer = GuardedBuffer(source, place: place, isBounded: aim == .bounds) else {
                throw HostFailure(.outOfMemory, "no memory to guard the inputs with")
            }
            structure.buffers.append(buffer)
            buffers[index] = buffer.start
        }
        try copyChildren(of: source, type, name, into: structure)
        keep(structure)
        return structure.array(source, bufferCount: sizes.count)
    }

    private func copyChildren(
        of source: ArrowArray,
        _ type: ArrowType,
        _ name: String,
        into structure: GuardedStructure
    ) throws {
        let fields = type.childNames
        for (index, childType) in type.childTypes.enumerated() {
            guard let child = source.children[index] else { continue }
            let owner = structure.isChild ? name : String(name.drop { $0 != "'" })
            structure.append(
                child: try copy(child.pointee, childType, "the column '\(fields[index])' of \(owner)", isChild: true)
            )
        }
    }

    private func keep(_ structure: GuardedStructure) { structures.withLock { $0.append(structure) } }

    private static func bufferName(_ index: Int, of count: Int) -> String {
        switch (index, count) {
        case (0, _): "the validity"
        case (1, 3): "the offsets"
        default: "the values"
        }
    }
}

/// Hands out streams in place of the host's own.
protocol StreamExporter: Sendable {
    /// A C stream over the batches of `stream`, which are rows of the table or result called `table`.
    func export(_ stream: any RecordBatchStream, of table: String) throws -> ArrowArrayStream
}
