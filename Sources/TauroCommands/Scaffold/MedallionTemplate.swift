/// The template `medallion`: orders and customers become bronze, silver and gold tables.
enum MedallionTemplate {
    static let content = ProjectTemplate.Content(
        opening: """
            A pipeline for tauro-host with six nodes in C: raw orders and customers (bronze) become tables that can be relied
            on (silver), and these become what people ask for (gold).
            """,
        pipeline: "sales_daily",
        result: "gold.sales_by_country",
        source: source,
        settings: """
            # Results land in out/<parts of the output's id>/, for example out/gold/sales_by_country/.
            output_path: out

            # A run that names no dates gets these: inclusive calendar days, handed to every node.
            start_date: "2025-01-01"
            end_date: "2025-01-31"
            """,
        pipelines: """
            # A pipeline is a list of nodes. Its order does not matter: a node starts as soon as what it reads is there.
            # `tauro-host plan sales_daily` shows the order that follows.
            sales_daily:
              type: batch
              description: "Raw orders to clean ones, joined with their customers, to sales by country and by day"
              nodes:
                - extract_orders
                - extract_customers
                - clean_orders
                - join_customers
                # These two read one result and run side by side.
                - sales_by_country
                - sales_by_day
            """,
        nodes: nodes,
        input: """
            # Where data comes from. Types are inferred unless `schema` declares them.
            orders:
              format: csv
              path: data/orders.csv

            customers:
              format: csv
              path: data/customers.csv
            """,
        data: [("orders.csv", orders), ("customers.csv", customers)]
    )

    private static let nodes = """
        # What each node calls, reads and writes. An input is the output of another node, which makes this node wait for that
        # one, or an entry of input.yaml.

        # Bronze: the data as it came, narrowed to the run's dates.
        extract_orders:
          function: {{name}}.bronze.extract_orders
          input: [orders]
          output: bronze.orders

        extract_customers:
          function: {{name}}.bronze.extract_customers
          input: [customers]
          output: bronze.customers

        # Silver: what can be relied on.
        clean_orders:
          function: {{name}}.silver.clean_orders
          input: [bronze.orders]
          output: silver.orders
          params:
            min_amount: 0.01

        join_customers:
          function: {{name}}.silver.join_customers
          input: [silver.orders, bronze.customers]
          output: silver.orders_customers

        # Gold: what people ask for.
        sales_by_country:
          function: {{name}}.gold.sales_by_country
          input: [silver.orders_customers]
          output: gold.sales_by_country

        sales_by_day:
          function: {{name}}.gold.sales_by_day
          input: [silver.orders_customers]
          output: gold.sales_by_day
        """

    private static let source = #"""
        /* The nodes of {{name}}, from raw tables to those that people ask for. Each says in SQL over its inputs what it does. */
        #include <tauro/tauro.h>

        TAURO_PLUGIN("{{name}}", "0.1.0");

        /* Runs a query over the node's inputs and makes its result the node's. */
        static int32_t emit_query(const tauro_call *call, const char *sql, tauro_output *out) {
          tauro_frame *result = NULL;
          int32_t status = tauro_sql(call, sql, &result);
          return status != TAURO_OK ? status : tauro_emit_frame(out, result);
        }

        /* ---- Bronze ---- */

        /* The run's dates are text, and NULL where the run has none: that side is then open. */
        TAURO_NODE({{name}}_extract_orders, "{{name}}.bronze.extract_orders",
                   TAURO_DOC("Orders of the run's days."), TAURO_FRAME(orders)) {
          return emit_query(call,
                            "SELECT * FROM orders"
                            " WHERE ($start_date IS NULL OR ordered >= CAST($start_date AS DATE))"
                            " AND ($end_date IS NULL OR ordered <= CAST($end_date AS DATE))",
                            out);
        }

        TAURO_NODE({{name}}_extract_customers, "{{name}}.bronze.extract_customers",
                   TAURO_DOC("All customers."), TAURO_FRAME(customers)) {
          return emit_query(call, "SELECT * FROM customers", out);
        }

        /* ---- Silver ---- */

        TAURO_NODE({{name}}_clean_orders, "{{name}}.silver.clean_orders",
                   TAURO_DOC("Orders of at least `min_amount`, each once."), TAURO_FRAME(orders),
                   TAURO_F64(min_amount, 0.0)) {
          return emit_query(call, "SELECT DISTINCT * FROM orders WHERE amount >= $min_amount ORDER BY order_id", out);
        }

        TAURO_NODE({{name}}_join_customers, "{{name}}.silver.join_customers",
                   TAURO_DOC("Every order with its customer's name and country, unknown where there is no such customer."),
                   TAURO_FRAME(orders), TAURO_FRAME(customers)) {
          return emit_query(call,
                            "SELECT orders.*, name, coalesce(country, 'unknown') AS country FROM orders"
                            " LEFT JOIN customers ON customers.customer_id = orders.customer_id ORDER BY order_id",
                            out);
        }

        /* ---- Gold ---- */

        TAURO_NODE({{name}}_sales_by_country, "{{name}}.gold.sales_by_country",
                   TAURO_DOC("Orders and what they came to by country, the most first."), TAURO_FRAME(orders)) {
          return emit_query(call,
                            "SELECT country, count(*) AS orders, sum(amount) AS sales FROM orders"
                            " GROUP BY country ORDER BY sales DESC, country",
                            out);
        }

        TAURO_NODE({{name}}_sales_by_day, "{{name}}.gold.sales_by_day",
                   TAURO_DOC("Orders and what they came to by day."), TAURO_FRAME(orders)) {
          return emit_query(call,
                            "SELECT ordered, count(*) AS orders, sum(amount) AS sales FROM orders"
                            " GROUP BY ordered ORDER BY ordered",
                            out);
        }
        """#

    /// Real data is never clean: one order came twice, one has no amount, one was taken back, one has a customer that nobody
    /// knows, and one is of another month.
    private static let orders = """
        order_id,customer_id,amount,ordered
        1,1,12.50,2025-01-03
        2,2,8.00,2025-01-03
        3,3,99.75,2025-01-04
        3,3,99.75,2025-01-04
        4,1,30.25,2025-01-06
        5,2,,2025-01-07
        6,4,5.75,2025-01-09
        7,9,14.00,2025-01-11
        8,3,-20.00,2025-01-11
        9,4,41.50,2025-01-11
        10,1,7.25,2025-02-01
        """

    private static let customers = """
        customer_id,name,country
        1,Ann,Ireland
        2,Bob,Kenya
        3,Zoë,France
        4,Jun,Kenya
        """
}
