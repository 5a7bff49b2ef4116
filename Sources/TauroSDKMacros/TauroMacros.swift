import SwiftCompilerPlugin
import SwiftSyntaxMacros

/// The compiler's entry to the macros of TauroSDK.
@main
struct TauroMacros: CompilerPlugin {
    let providingMacros: [any Macro.Type] = [NodeMacro.self, PluginMacro.self]
}
