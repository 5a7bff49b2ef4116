/// What a streaming node reads from or writes to: its `input` or `output`, where that is a map.
public struct StreamEndpoint: Sendable, Hashable {
    /// The format's name, for example `kafka`; nil where the map has none.
    public var format: Located<String>?
    /// Where it is, for formats that are files; as written.
    public var path: Located<String>?
    /// Options of the format.
    public var options: [String: ConfigValue]
    /// Where the query keeps its progress, where an output says so.
    public var checkpointLocation: String?
    /// Where the map is written.
    public var location: SourceLocation?

    /// Creates an endpoint.
    public init(
        format: Located<String>?,
        path: Located<String>? = nil,
        options: [String: ConfigValue] = [:],
        checkpointLocation: String? = nil,
        location: SourceLocation? = nil
    ) {
        self.format = format
        self.path = path
        self.options = options
        self.checkpointLocation = checkpointLocation
        self.location = location
    }

    /// The text of an option, if it has one that is no secret.
    public func option(_ name: String) -> String? {
        guard let value = options[name], !value.isSecret, case .string(let text) = value.content else { return nil }
        return text
    }
}
