/// The pipeline project that a new plugin comes with: one node over a small table of orders.
enum SampleProject {
    /// The id of the node's output.
    static let output = "gold.result"

    /// The files, below `project/`: the pipeline calls `function`, a dotted name, by the name `node`, and sets its threshold,
    /// `parameter`.
    static func files(function: String, node: String, parameter: String) -> [ScaffoldFile] {
        [
            ScaffoldFile("project/config/global_settings.yaml", "output_path: out"),
            ScaffoldFile("project/config/pipelines.yaml", "daily: {nodes: [\(node)]}"),
            ScaffoldFile("project/config/nodes.yaml", nodes(function, node, parameter)),
            ScaffoldFile("project/config/input.yaml", "orders: {format: csv, path: data/orders.csv}"),
            ScaffoldFile("project/data/orders.csv", orders),
        ]
    }

    private static func nodes(_ function: String, _ node: String, _ parameter: String) -> String {
        """
        \(node):
          function: \(function)
          input: [orders]
          output: \(output)
          params: {\(parameter): 10}
        """
    }

    /// A small table of what customers ordered.
    static let orders = """
        customer,amount,ordered
        Ann,12.50,2025-01-03
        Bob,8.00,2025-01-03
        Zoë,99.95,2025-01-04
        Ann,30.25,2025-01-06
        Bob,,2025-01-07
        Ann,5.75,2025-01-09
        Zoë,14.00,2025-01-11
        """
}
