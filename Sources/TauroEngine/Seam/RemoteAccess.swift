/// What a server wants to know before it gives files, for all addresses that begin alike.
package struct RemoteAccess: Sendable, Hashable {
    /// How files are asked for.
    package enum Service: String, Sendable {
        case http
        case s3
    }

    /// How files are asked for.
    package let service: Service
    /// The beginning of the addresses that this is for, for example `s3://bucket/`.
    package let scope: String
    /// The id of the key that requests are signed with; nil for requests without a name.
    package var keyID: String?
    /// The key.
    package var secretKey: String?
    /// What goes with a key that is lent for a time.
    package var sessionToken: String?
    /// The region that the bucket is in.
    package var region: String?
    /// Host and port of another server than Amazon's.
    package var endpoint: String?
    /// Whether the endpoint is spoken to over TLS.
    package var usesTLS = true
    /// Whether the bucket is part of the path, as most other servers want it, and not of the host's name.
    package var isPathStyle = false
    /// What a request says of who asks, for `http`.
    package var bearerToken: String?
    /// Whether a server is trusted whose certificate nobody vouches for.
    package var allowsInvalidCertificates = false

    package init(_ service: Service, scope: String) {
        self.service = service
        self.scope = scope
    }
}
