import ArgumentParser
import TauroModel

/// Which nodes of the pipeline: shared by the verbs that plan or run one.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only the nodes that the expression selects; repeatable.", valueName: "expr"))
    var select: [String] = []

    @Option(help: ArgumentHelp("Leave out the nodes that the expression selects; repeatable.", valueName: "expr"))
    var exclude: [String] = []

    @Option(help: ArgumentHelp("Only this node and all that depend on it; repeatable.", valueName: "name"))
    var fromNode: [String] = []

    @Option(help: ArgumentHelp("Only this node and all that it depends on; repeatable.", valueName: "name"))
    var toNode: [String] = []

    @Option(help: ArgumentHelp("Only this node; repeatable.", valueName: "name"))
    var node: [String] = []

    @Option(help: ArgumentHelp("Only nodes with this tag; repeatable.", valueName: "tag"))
    var tag: [String] = []

    var request: SelectionRequest {
        SelectionRequest(
            expressions: select,
            exclusions: exclude,
            fromNodes: fromNode,
            toNodes: toNode,
            nodes: node,
            tags: tag
        )
    }

    /// How nodes are selected, for the help of the verbs.
    static let discussion = """
        Which nodes: all, unless some are selected. An expression of --select is
          clean             the node of that name; * stands for anything: extract_*
          +clean  clean+    with all it depends on; with all that depend on it
          2+clean+1         so many steps far
          tag:daily         nodes with that tag
          output:bronze.*   nodes that write that output
          function:flights.*  nodes that call that function
          tag:daily,+clean  a comma: both must be so; a space: either
        Several options of one kind add up, different kinds narrow each other: --from-node a --to-node b is what lies \
        between. What a node needs of one that is left out is read from where an earlier run stored it.
        """
}
