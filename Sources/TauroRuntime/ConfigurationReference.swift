package import TauroBasics
import TauroConfig

/// What a project's files may have: schemas and the reference page.
package enum ConfigurationReference {
    /// The kinds of files there are schemas for.
    package static let kinds = SchemaKind.allCases.map(\.name)

    /// The JSON Schema of a kind of file; nil where there is no such kind.
    ///
    /// `isOverlay` makes it fit files of an environment, which have only what differs.
    package static func schema(of kind: String, isOverlay: Bool = false) -> JSONValue? {
        SchemaKind.allCases.first { $0.name == kind }.map { JSONSchema($0, isOverlay: isOverlay).document }
    }

    /// The page that describes every key, in Markdown.
    package static var page: String { ReferencePage().text }
}
