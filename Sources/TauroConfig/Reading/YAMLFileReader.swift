import CYAML
import TauroModel

/// Reads a YAML file through libyaml's event parser.
enum YAMLFileReader {
    /// Reads a file; nil where it can not be used as a whole, which is then among the findings.
    static func read(_ bytes: [UInt8], file: String, findings: Findings) -> ConfigDocument? {
        // libyaml wants an address even for nothing.
        if bytes.isEmpty { return TreeBuilder(file: file, findings: findings).document }
        // The parser holds pointers into itself, so it needs an address that does not move.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            findings.error("There is not enough memory to read the file.", at: SourceLocation(file: file))
            return nil
        }
        defer { yaml_parser_delete(parser) }
        return bytes.withUnsafeBufferPointer { buffer in
            if let excess = YAMLDirectives.firstInExcess(in: buffer) {
                findings.error(
                    "More than \(YAMLDirectives.maximum) lines begin with `%TAG`.",
                    at: SourceLocation(file: file, line: excess, column: 1),
                    notes: ["Remove them: values need no tag."]
                )
                return nil
            }
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            var reading = YAMLReading(parser: parser, bytes: buffer, file: file, findings: findings)
            return reading.run()
        }
    }
}

/// The way of one file through the parser.
private struct YAMLReading {
    let parser: UnsafeMutablePointer<yaml_parser_t>
    let places: YAMLPlaces
    let findings: Findings
    private var builder: TreeBuilder
    private var hasDocument = false

    init(
        parser: UnsafeMutablePointer<yaml_parser_t>,
        bytes: UnsafeBufferPointer<UInt8>,
        file: String,
        findings: Findings
    ) {
        self.parser = parser
        places = YAMLPlaces(bytes: bytes, file: file)
        self.findings = findings
        builder = TreeBuilder(file: file, findings: findings)
    }

    mutating func run() -> ConfigDocument? {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else {
                let problem = YAMLProblem(parser: parser.pointee, places: places)
                findings.error(problem.message, at: problem.location, notes: problem.notes)
                return nil
            }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return builder.document }
            take(event)
            if builder.isStopped { return nil }
        }
    }

    private mutating func take(_ event: yaml_event_t) {
        let location = places.location(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            if hasDocument {
                builder.stop(
                    "A second document begins here; a configuration file holds one.",
                    at: location,
                    notes: ["Remove the line `---`, or put what follows into a file of its own."]
                )
            }
            hasDocument = true
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            checkTag(start.tag, accepts: "map", at: location)
            builder.begin(.map, at: location, anchor: Self.text(start.anchor))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            checkTag(start.tag, accepts: "seq", at: location)
            builder.begin(.list, at: location, anchor: Self.text(start.anchor))
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: builder.end()
        case YAML_ALIAS_EVENT: builder.alias(Self.text(event.data.alias.anchor) ?? "", at: location)
        case YAML_SCALAR_EVENT: takeScalar(event.data.scalar, at: location)
        default: break
        }
    }

    private mutating func takeScalar(_ scalar: YAMLScalar, at location: SourceLocation) {
        let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        let anchor = Self.text(scalar.anchor)
        if builder.expectsKey {
            let text = String(decoding: value, as: UTF8.self)
            return builder.key(text, isMerge: isPlain && text == "<<", at: location, anchor: anchor)
        }
        let content = content(of: value, isPlain: isPlain, tag: Self.text(scalar.tag), at: location)
        builder.scalar(content, isQuoted: !isPlain, at: location, anchor: anchor)
    }

    private func content(
        of value: UnsafeBufferPointer<UInt8>,
        isPlain: Bool,
        tag: String?,
        at location: SourceLocation
    ) -> ConfigValue.Content {
        guard let tag else {
            return isPlain ? resolved(value, at: location) : .string(String(decoding: value, as: UTF8.self))
        }
        switch tag {
        case "!", YAML_STR_TAG: return .string(String(decoding: value, as: UTF8.self))
        case YAML_NULL_TAG, YAML_BOOL_TAG, YAML_INT_TAG, YAML_FLOAT_TAG: return resolved(value, at: location)
        default:
            rejectTag(tag, at: location)
            return .null
        }
    }

    private func resolved(_ value: UnsafeBufferPointer<UInt8>, at location: SourceLocation) -> ConfigValue.Content {
        switch CoreSchema.resolve(value) {
        case .value(let content): return content
        case .tooLarge:
            let text = ValueDescription.quoted(String(decoding: value, as: UTF8.self))
            LargeNumber.reject(text, at: location, findings: findings)
            return .null
        }
    }

    private func checkTag(_ tag: UnsafeMutablePointer<yaml_char_t>?, accepts kind: String, at location: SourceLocation)
    {
        guard let tag = Self.text(tag), tag != "!", tag != "tag:yaml.org,2002:\(kind)" else { return }
        rejectTag(tag, at: location)
    }

    private func rejectTag(_ tag: String, at location: SourceLocation) {
        findings.markUnusable(location)
        findings.error(
            "The tag `\(tag)` is not known.",
            at: location,
            notes: ["Values need no tag. Put a text that begins with `!` in quotes."]
        )
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}

/// The part of libyaml's event that describes a scalar.
private typealias YAMLScalar = yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar
