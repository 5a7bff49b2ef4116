/// The template `minimal`: one node over a small table of orders.
enum MinimalTemplate {
    static let content = ProjectTemplate.Content(
        opening: "A pipeline for tauro-host with one node in C, `{{name}}.spending`: what each customer spent.",
        pipeline: "daily",
        result: "gold.spending",
        source: source,
        settings: """
            # Results land in out/<parts of the output's id>/, for example out/gold/spending/.
            output_path: out
            """,
        pipelines: """
            # A pipeline is a list of nodes; a node starts as soon as what it reads is there.
            daily:
              nodes:
                - spending
            """,
        nodes: """
            # What each node calls, reads and writes. `params` are typed parameters of the function; the command line wins:
            # --param spending.at_least=20
            spending:
              function: {{name}}.spending
              input: [orders]
              output: gold.spending
              params:
                at_least: 10
            """,
        input: """
            # Where data comes from. Types are inferred unless `schema` declares them.
            orders:
              format: csv
              path: data/orders.csv
            """,
        data: [("orders.csv", SampleProject.orders)]
    )

    private static let source = #"""
        /* The nodes of {{name}}. Each says what it takes and what it does, here in SQL over its inputs. */
        #include <tauro/tauro.h>

        TAURO_PLUGIN("{{name}}", "0.1.0");

        TAURO_NODE({{name}}_spending, "{{name}}.spending",
                   TAURO_DOC("What each customer spent on orders of at least `at_least`, the most first."),
                   TAURO_FRAME(orders), TAURO_F64(at_least, 0.0)) {
          tauro_frame *spending = NULL;
          int32_t status = tauro_sql(call,
                                     "SELECT customer, count(*) AS orders, sum(amount) AS spent FROM orders"
                                     " WHERE amount >= $at_least GROUP BY customer ORDER BY spent DESC, customer",
                                     &spending);
          return status != TAURO_OK ? status : tauro_emit_frame(out, spending);
        }
        """#
}
