import TauroBasics
import TauroEngine
import TauroModel

/// What `storage_options` says of the server that a dataset is on; the names are those of delta-rs, Polars and pandas.
struct StorageOptions {
    private enum Kind {
        case text
        case flag
    }

    /// A name, its other spellings, and what its value is.
    private static let known: [(name: String, others: [String], kind: Kind)] = [
        ("aws_access_key_id", ["access_key_id", "key"], .text),
        ("aws_secret_access_key", ["secret_access_key", "secret"], .text),
        ("aws_session_token", ["session_token", "aws_token", "token"], .text),
        ("aws_region", ["region", "aws_default_region"], .text),
        ("aws_endpoint_url", ["endpoint_url", "aws_endpoint"], .text),
        ("aws_virtual_hosted_style_request", ["virtual_hosted_style_request"], .flag),
        ("bearer_token", [], .text),
        ("allow_invalid_certificates", [], .flag),
    ]

    /// What is wrong with the options; where something is, it is left out of `values`.
    private(set) var findings: [Diagnostic] = []
    private var values: [String: ConfigValue.Content] = [:]

    /// Reads a dataset's options.
    init(of dataset: DatasetDefinition) {
        for (name, value) in dataset.storageOptions.sorted(by: { $0.key < $1.key }) {
            let written = name.lowercased()
            guard let option = Self.known.first(where: { $0.name == written || $0.others.contains(written) }) else {
                let names = Self.known.flatMap { [$0.name] + $0.others }
                report(dataset, "has no option '\(name)'", value, nearest: NearestName.nearest(to: written, in: names))
                continue
            }
            switch (option.kind, value.content) {
            case (.text, .string), (.flag, .bool): values[option.name] = value.content
            case (.flag, .string("true")): values[option.name] = .bool(true)
            case (.flag, .string("false")): values[option.name] = .bool(false)
            case (.text, _): report(dataset, "'\(name)' expects a text, found \(value.words)", value)
            case (.flag, _): report(dataset, "'\(name)' expects true or false, found \(value.words)", value)
            }
        }
        if (values["aws_access_key_id"] == nil) != (values["aws_secret_access_key"] == nil) {
            report(dataset, "has only one of 'aws_access_key_id' and 'aws_secret_access_key'", nil)
        }
        if let endpoint = text("aws_endpoint_url"), Self.endpoint(endpoint) == nil {
            let expected = "expects an address such as http://127.0.0.1:9000"
            report(dataset, "'aws_endpoint_url' \(expected), found the text \"\(endpoint)\"", nil)
        }
    }

    /// What the server of an address is told: what the options say, else what the environment does, by the variables that
    /// Amazon's own tools read.
    func access(to address: RemoteAddress, environment: [String: String]) -> RemoteAccess {
        var access = RemoteAccess(address.service, scope: address.scope)
        access.allowsInvalidCertificates = flag("allow_invalid_certificates") ?? false
        guard address.service == .s3 else {
            access.bearerToken = text("bearer_token")
            return access
        }
        if let key = text("aws_access_key_id") {
            access.keyID = key
            access.secretKey = text("aws_secret_access_key")
            access.sessionToken = text("aws_session_token")
        } else {
            access.keyID = environment["AWS_ACCESS_KEY_ID"]
            access.secretKey = environment["AWS_SECRET_ACCESS_KEY"]
            access.sessionToken = environment["AWS_SESSION_TOKEN"]
        }
        access.region =
            text("aws_region") ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1"
        let named = text("aws_endpoint_url") ?? environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"]
        if let endpoint = named.flatMap(Self.endpoint) {
            access.endpoint = endpoint.host
            access.usesTLS = endpoint.usesTLS
        }
        access.isPathStyle = !(flag("aws_virtual_hosted_style_request") ?? (access.endpoint == nil))
        return access
    }

    /// Host and port of a server's address.
    private static func endpoint(_ address: String) -> (host: String, usesTLS: Bool)? {
        for (beginning, usesTLS) in [("https://", true), ("http://", false)] where address.hasPrefix(beginning) {
            var host = address.dropFirst(beginning.count)
            while host.last == "/" { host.removeLast() }
            return host.isEmpty ? nil : (String(host), usesTLS)
        }
        return nil
    }

    private func text(_ name: String) -> String? { if case .string(let text)? = values[name] { text } else { nil } }

    private func flag(_ name: String) -> Bool? { if case .bool(let flag)? = values[name] { flag } else { nil } }

    private mutating func report(
        _ dataset: DatasetDefinition,
        _ problem: String,
        _ value: ConfigValue?,
        nearest: String? = nil
    ) {
        findings.append(
            Diagnostic(
                .error,
                .configuration,
                "Dataset '\(dataset.id)': storage_options \(problem)",
                at: value?.location ?? dataset.location,
                notes: NearestName.note(nearest)
            )
        )
    }
}
