import SwiftSyntax
import SwiftSyntaxBuilder

/// The C entry point of a node: the arguments in the order of abi.h, and a body that hands them to the Swift function.
func entryDeclaration(named name: String, for node: NodeDeclaration) -> DeclSyntax {
    let arguments = cArguments(of: node).map { "_ \($0.name): \($0.type)" }.joined(separator: ", ")
    let values = node.arguments.map { argument in
        (argument.label.map { "\($0): " } ?? "") + swiftValue(of: argument)
    }
    return """
        @c(\(raw: node.symbol))
        nonisolated public func \(raw: name)(\(raw: arguments)) -> Int32 {
            TauroSDK._NodeEntry.run(_tauroCall, _tauroStart, _tauroEnd, _tauroOut) { _tauroEntry in
                try _tauroEntry.emit(\(node.function.trimmed)(\(raw: values.joined(separator: ", "))))
            }
        }
        """
}

/// Names of arguments in the entry point, which can not clash with names of the author's.
private func cName(_ argument: NodeArgument) -> String { "_tauro_\(argument.name)" }

private func cArguments(of node: NodeDeclaration) -> [(name: String, type: String)] {
    var arguments = [(name: "_tauroCall", type: "UnsafeRawPointer?")]
    arguments += node.inputs.map { input in
        (cName(input), input.kind == .frames ? "UnsafeRawPointer?" : "OpaquePointer?")
    }
    arguments += [("_tauroStart", "UnsafePointer<CChar>?"), ("_tauroEnd", "UnsafePointer<CChar>?")]
    if node.takesML { arguments.append(("_tauroML", "UnsafeRawPointer?")) }
    for parameter in node.parameters {
        guard let type = parameter.parameterType else { continue }
        arguments.append((cName(parameter), type == .string ? "UnsafePointer<CChar>?" : type.swiftName))
    }
    return arguments + [("_tauroOut", "UnsafeMutableRawPointer?")]
}

private func swiftValue(of argument: NodeArgument) -> String {
    switch argument.kind {
    case .call: "_tauroEntry.call"
    case .ml: "_tauroEntry.ml(_tauroML)"
    case .frame: "_tauroEntry.frame(\(cName(argument)))"
    case .artifact: "_tauroEntry.artifact(\(cName(argument)))"
    case .frames: "_tauroEntry.frames(\(cName(argument)))"
    case .parameter(.string, _): "_tauroEntry.string(\(cName(argument)))"
    case .parameter: cName(argument)
    }
}
