/// A result that is not a table: bytes, or a file, with a media type.
///
/// A model, a report, a picture.
public struct Artifact: Sendable, Hashable {
    /// Where the content is.
    public enum Content: Sendable, Hashable {
        case bytes([UInt8])
        case file(path: String)
    }

    /// What the bytes mean, for example `application/json`.
    public let mediaType: String
    /// The content.
    public let content: Content

    /// Creates an artifact.
    public init(mediaType: String, content: Content) {
        self.mediaType = mediaType
        self.content = content
    }
}

/// What a node gets for one input id, and what it returns.
public enum Dataset: Sendable {
    case frame(Frame)
    case artifact(Artifact)
}
