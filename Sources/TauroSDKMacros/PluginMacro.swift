import SwiftDiagnostics
import SwiftParser
package import SwiftSyntax
package import SwiftSyntaxMacros

/// `#Plugin("name", version: "1.0.0")`: the ELF note that names a plugin.
package struct PluginMacro: DeclarationMacro {
    package static func expansion(
        of node: some FreestandingMacroExpansionSyntax,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        var name: String?
        var version: String?
        var isSerial = false
        for argument in node.arguments {
            switch argument.label?.text {
            case nil: name = text(argument.expression, "name", in: context)
            case "version": version = text(argument.expression, "version", in: context)
            default:
                guard let literal = argument.expression.as(BooleanLiteralExprSyntax.self) else {
                    context.diagnose(
                        Diagnostic(node: argument.expression, message: NodeProblem.flagNotLiteral("serial"))
                    )
                    return []
                }
                isSerial = literal.literal.text == "true"
            }
        }
        guard let name, let version else { return [] }
        let note = noteText(forPlugin: name, version: version, isSerial: isSerial)
        return [noteDeclaration(named: "_tauroNotePlugin", access: "", text: note)]
    }

    private static func text(
        _ expression: ExprSyntax,
        _ what: String,
        in context: some MacroExpansionContext
    ) -> String? {
        guard let text = expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
            context.diagnose(Diagnostic(node: expression, message: NodeProblem.pluginTextNotLiteral(what)))
            return nil
        }
        guard !text.isEmpty, isPrintable(text) else {
            context.diagnose(Diagnostic(node: expression, message: NodeProblem.pluginTextNotPrintable(what)))
            return nil
        }
        return text
    }
}
