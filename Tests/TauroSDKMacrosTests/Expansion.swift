import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import TauroSDKMacros

let tauroMacros: [String: any Macro.Type] = ["Node": NodeMacro.self, "Plugin": PluginMacro.self]

/// What the macros make of a source text.
struct Expansion {
    /// The source with everything that was added.
    let text: String
    /// The complaints, each as `line:column: message`.
    let complaints: [String]
    /// The texts of the notes, in the order of the source, without the padding.
    let notes: [String]

    init(_ source: String) {
        let file = Parser.parse(source: source)
        let context = BasicMacroExpansionContext(
            sourceFiles: [file: .init(moduleName: "Flights", fullFilePath: "nodes.swift")])
        let expanded = file.expand(macros: tauroMacros) { node in
            BasicMacroExpansionContext(sharingWith: context, lexicalContext: node.allMacroLexicalContexts())
        }
        text = expanded.description
        complaints = context.diagnostics.map { diagnostic in
            let place = context.location(for: diagnostic.position, anchoredAt: diagnostic.node, fileName: "nodes.swift")
            return "\(place.line):\(place.column): \(diagnostic.message)"
        }
        notes = Expansion.notes(in: expanded)
    }

    /// The one note of a source with one macro; empty if there is none.
    var note: String { notes.count == 1 ? notes[0] : "" }

    /// The constants in the section of notes, read the way a host reads them.
    private static func notes(in file: some SyntaxProtocol) -> [String] {
        file.tokens(viewMode: .sourceAccurate).compactMap { token -> VariableDeclSyntax? in
            token.tokenKind == .keyword(.let) ? token.parent?.as(VariableDeclSyntax.self) : nil
        }.compactMap { variable in
            guard let tuple = variable.bindings.first?.initializer?.value.as(TupleExprSyntax.self),
                let array = tuple.elements.last?.expression.as(ArrayExprSyntax.self)
            else { return nil }
            let bytes = array.elements.compactMap { UInt8($0.expression.trimmedDescription) }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
