import TauroBasics
import TauroData

/// Copies of results in files `results/<node>-<number>.frame` of a run's directory.
///
/// Rows are kept as frames are that memory has no room for, and read from there without being copied. Whoever puts a file back
/// gets exactly what was kept, or nothing.
package struct ResultCopies: ResultKeeper {
    private static let folder = "results"
    private static let attempts = 100_000

    private let directory: String
    private let syncs: Bool

    /// Keeps copies below a directory; nothing is made yet.
    ///
    /// With `syncs` a copy is on the disk when it is kept, so that it outlives a power failure.
    package init(directory: String, syncs: Bool = false) {
        self.directory = directory
        self.syncs = syncs
    }

    /// Removes what a host that died was still writing: for the one host that has the run now, before it keeps anything.
    ///
    /// What can not be removed is only litter.
    package func sweep() {
        let folder = FilePath.join(directory, ResultCopies.folder)
        for name in (try? FileSystem.list(folder)) ?? [] where name.hasPrefix(".") {
            try? FileSystem.removeFile(FilePath.join(folder, name))
        }
    }

    package func keep(_ result: Dataset, of node: String, cancellation: CancellationToken) throws -> FileSeal {
        do {
            let folder = FilePath.join(directory, ResultCopies.folder)
            try FileSystem.makeDirectories(folder)
            let file = try CopyFile(beside: FilePath.join(folder, "copy"))
            let content: CopyIndex.Content =
                switch result {
                case .frame(let frame): try write(frame, to: file, cancellation)
                case .artifact(let artifact): try write(artifact, to: file)
                }
            try CopyIndex(content).bytes.withUnsafeBytes { try file.write($0) }
            if syncs { try file.synchronize() }
            let path = try place(file, node)
            if syncs { for place in [folder, directory] { try FileSystem.synchronize(place) } }
            return FileSeal(path: path, size: file.content.size, digest: file.content.digest)
        } catch let error as SystemError {
            throw failure(node, error)
        } catch let error as SpoolError {
            throw failure(node, error.underlying)
        }
    }

    package func restore(_ copy: FileSeal) throws -> Dataset? {
        let path = FilePath.join(directory, copy.path)
        do {
            guard try FileSystem.kindWithoutFollowing(path) == .file else { return nil }
            let file = try ReadableFile(path)
            guard file.size == copy.size, try FileSystem.digest(of: path).digest == copy.digest else { return nil }
            guard let index = try index(of: file) else { return nil }
            switch index.content {
            case .frame(let columns, let rows): return .frame(try frame(columns, rows, in: file))
            case .artifact(let mediaType, let size):
                let bytes = try file.map(0, count: size).withBytes { Array($0) }
                return .artifact(Artifact(mediaType: mediaType, content: .bytes(bytes)))
            }
        } catch let error as SystemError {
            throw DatasetError(.unreadable, "the copy of a result in \(path) can not be read: \(error.text)")
        } catch is ArrowError {
            return nil
        }
    }
}

extension ResultCopies {
    private func write(
        _ frame: Frame,
        to file: CopyFile,
        _ cancellation: CancellationToken
    ) throws -> CopyIndex.Content {
        let stream = try frame.stream(cancellation: cancellation)
        let head = try FrameImage(schema: stream.schema, batches: [])
        let columns = CopyIndex.Part(
            position: try head.withPieces { try file.append($0) },
            byteCount: head.byteCount,
            rowCounts: []
        )
        let spool = FrameSpool(ledger: FrameLedger(), directory: directory)
        let writer = SpoolWriter(schema: stream.schema, store: file, spool: spool)
        while let batch = try stream.next() {
            if cancellation.isCancelled {
                throw DatasetError(.cancelled, "keeping a copy of a result was stopped, because the run was")
            }
            try writer.append(batch)
        }
        let rows = try writer.finish().pieces.map { piece in
            CopyIndex.Part(position: piece.position, byteCount: piece.byteCount, rowCounts: piece.rowCounts)
        }
        return .frame(columns: columns, rows: rows)
    }

    private func write(_ artifact: Artifact, to file: CopyFile) throws -> CopyIndex.Content {
        let bytes =
            switch artifact.content {
            case .bytes(let bytes): bytes
            case .file(let path): try FileSystem.read(path)
            }
        try bytes.withUnsafeBytes { try file.write($0) }
        return .artifact(mediaType: artifact.mediaType, size: bytes.count)
    }

    /// Gives a whole file the first name of the node's that nobody has; the answer is relative to the directory.
    private func place(_ file: CopyFile, _ node: String) throws -> String {
        for number in 1...ResultCopies.attempts {
            let path = FilePath.join(ResultCopies.folder, "\(ResultCopies.plain(node))-\(number).frame")
            do {
                try file.place(at: FilePath.join(directory, path))
                return path
            } catch {
                if !error.isExistingPath { throw error }
            }
        }
        throw DatasetError(.unwritable, "\(directory) holds too many copies of results of node '\(node)'")
    }

    /// A node's name as a part of a file's name: letters, digits, `_` and `-` stay.
    private static func plain(_ node: String) -> String {
        let signs = node.utf8.prefix(100).map { byte -> Character in
            let sign = Character(UnicodeScalar(byte))
            return sign.isASCII && (sign.isLetter || sign.isNumber || sign == "_" || sign == "-") ? sign : "_"
        }
        return String(signs)
    }

    private func index(of file: ReadableFile) throws(SystemError) -> CopyIndex? {
        let page = 1 << 16
        let start = max(0, (Int(file.size) - 1) / page * page - page)
        guard let size = try tail(of: file, from: start, CopyIndex.size), size <= Int(file.size) else { return nil }
        return try tail(of: file, from: min(start, (Int(file.size) - size) / page * page)) { CopyIndex(endOf: $0) }
    }

    private func tail<Answer>(
        of file: ReadableFile,
        from start: Int,
        _ body: (UnsafeRawBufferPointer) -> Answer?
    ) throws(SystemError) -> Answer? {
        try file.map(start, count: Int(file.size) - start).withBytes { body($0) }
    }

    private func frame(_ columns: CopyIndex.Part, _ rows: [CopyIndex.Part], in file: ReadableFile) throws -> Frame {
        let head = try file.map(columns.position, count: columns.byteCount)
        let schema = try head.withBytes { try FrameImage.open($0, owner: head) }.schema
        let pieces = rows.map {
            SpooledFrame.Piece(position: $0.position, byteCount: $0.byteCount, rowCounts: $0.rowCounts)
        }
        return Frame(source: SpooledFrame(schema: schema, pieces: pieces, store: file))
    }

    private func failure(_ node: String, _ error: SystemError) -> DatasetError {
        DatasetError(
            .unwritable,
            "no copy of the result of node '\(node)', which a resumed run would need, could be written to \(directory):"
                + " \(error.text); make room there"
        )
    }
}
