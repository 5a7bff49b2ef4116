import SwiftDiagnostics
package import SwiftSyntax
package import SwiftSyntaxMacros

/// `@Node("dotted.name")`: beside a function, its C entry point and the ELF note that describes it.
package struct NodeMacro: PeerMacro {
    package static func expansion(
        of node: AttributeSyntax,
        providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let function = declaration.as(FunctionDeclSyntax.self) else {
            context.diagnose(Diagnostic(node: node, message: NodeProblem.notAFunction))
            return []
        }
        var reader = NodeReader(attribute: node, function: function, surroundings: context.lexicalContext)
        guard let read = reader.read() else {
            for diagnostic in reader.diagnostics { context.diagnose(diagnostic) }
            return []
        }
        return [
            entryDeclaration(named: "_tauroEntry_" + read.plainFunctionName, for: read),
            noteDeclaration(
                named: "_tauroNote_" + read.plainFunctionName,
                access: "private ",
                text: noteText(for: read)
            ),
        ]
    }
}
