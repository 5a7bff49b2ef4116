import TauroBasics
import TauroModel

/// How an artifact lies in a dataset's directory: its content in one file, its media type beside it.
enum ArtifactStore {
    private static let contentName = "artifact.bin"
    static let descriptionName = "artifact.json"

    /// The names of the files.
    static let fileNames = [contentName, descriptionName]

    /// The media type of bytes that nothing is known of.
    static let unknownMediaType = "application/octet-stream"

    /// Whether the directory holds an artifact.
    static func isArtifact(_ directory: String) -> Bool {
        !directory.isEmpty && fileNames.allSatisfy { FileSystem.exists(FilePath.join(directory, $0)) }
    }

    /// Writes an artifact into an empty directory and returns the number of bytes.
    static func write(_ artifact: Artifact, to directory: String) throws -> Int64 {
        let bytes: [UInt8] =
            switch artifact.content {
            case .bytes(let bytes): bytes
            case .file(let path): try FileSystem.read(path)
            }
        try FileSystem.writeAtomically(bytes, to: FilePath.join(directory, contentName))
        let description: JSONValue = ["media_type": .string(artifact.mediaType)]
        try FileSystem.writeAtomically(description.text(.pretty), to: FilePath.join(directory, descriptionName))
        return Int64(bytes.count)
    }

    /// A copy in memory of the artifact in a directory, which may be replaced there.
    static func copy(in directory: String, mediaType: String) throws -> Artifact {
        let bytes = try FileSystem.read(FilePath.join(directory, contentName))
        return Artifact(mediaType: mediaType, content: .bytes(bytes))
    }

    /// The artifact in a directory.
    static func read(_ directory: String) throws -> Artifact {
        let description = try JSONValue(parsing: FileSystem.readText(FilePath.join(directory, descriptionName)))
        var mediaType = unknownMediaType
        if case .string(let text)? = description["media_type"] { mediaType = text }
        return Artifact(mediaType: mediaType, content: .file(path: FilePath.join(directory, contentName)))
    }
}
