/* The nodes of the pipeline over TPC-H that `scripts/bench io` measures; scripts/bench.d/io_pipeline.py has the same steps
 * for others. */
#include <tauro/tauro.h>

TAURO_PLUGIN("bench_tpch", "1.0.0");

static int32_t emit_query(const tauro_call *call, const char *sql, tauro_output *out) {
  tauro_frame *result = NULL;
  int32_t status = tauro_sql(call, sql, &result);
  return status != TAURO_OK ? status : tauro_emit_frame(out, result);
}

/* ---- bronze: what is needed of the tables ---- */

TAURO_NODE(tpch_lines, "tpch.bronze.lines", TAURO_FRAME(lineitem)) {
  return emit_query(call,
                    "SELECT l_orderkey, l_suppkey, l_quantity, l_extendedprice, l_discount, l_tax, l_returnflag,"
                    " l_linestatus, l_shipdate, l_shipmode FROM lineitem",
                    out);
}

TAURO_NODE(tpch_orders, "tpch.bronze.orders", TAURO_FRAME(orders)) {
  return emit_query(call, "SELECT o_orderkey, o_custkey, o_orderdate, o_orderpriority FROM orders", out);
}

TAURO_NODE(tpch_customers, "tpch.bronze.customers", TAURO_FRAME(customer), TAURO_FRAME(nation), TAURO_FRAME(region)) {
  return emit_query(call,
                    "SELECT c_custkey, c_mktsegment, n_name, r_name FROM customer"
                    " JOIN nation ON c_nationkey = n_nationkey JOIN region ON n_regionkey = r_regionkey",
                    out);
}

/* ---- silver: joined ---- */

TAURO_NODE(tpch_order_lines, "tpch.silver.order_lines", TAURO_FRAME(lines), TAURO_FRAME(orders)) {
  return emit_query(call,
                    "SELECT lines.*, l_extendedprice * (1 - l_discount) AS revenue, o_custkey, o_orderdate,"
                    " o_orderpriority FROM lines JOIN orders ON l_orderkey = o_orderkey",
                    out);
}

TAURO_NODE(tpch_sales, "tpch.silver.sales", TAURO_FRAME(order_lines), TAURO_FRAME(customers)) {
  return emit_query(call,
                    "SELECT o_custkey, o_orderdate, l_shipdate, l_quantity, revenue, c_mktsegment, n_name, r_name"
                    " FROM order_lines JOIN customers ON o_custkey = c_custkey",
                    out);
}

/* ---- gold: what people ask for ---- */

TAURO_NODE(tpch_pricing, "tpch.gold.pricing", TAURO_FRAME(order_lines)) {
  return emit_query(call,
                    "SELECT l_returnflag, l_linestatus, sum(l_quantity) AS quantity, sum(l_extendedprice) AS price,"
                    " sum(revenue) AS revenue, sum(revenue * (1 + l_tax)) AS charge, avg(l_discount) AS mean_discount,"
                    " count(*) AS lines FROM order_lines WHERE l_shipdate <= DATE '1998-09-02'"
                    " GROUP BY l_returnflag, l_linestatus ORDER BY l_returnflag, l_linestatus",
                    out);
}

TAURO_NODE(tpch_by_nation, "tpch.gold.by_nation", TAURO_FRAME(sales)) {
  return emit_query(call,
                    "SELECT r_name, n_name, year(o_orderdate) AS year, sum(revenue) AS revenue, count(*) AS lines"
                    " FROM sales GROUP BY r_name, n_name, year(o_orderdate) ORDER BY r_name, n_name, year",
                    out);
}

TAURO_NODE(tpch_best_customers, "tpch.gold.best_customers", TAURO_FRAME(sales), TAURO_I64(limit, 100)) {
  return emit_query(call,
                    "SELECT o_custkey, c_mktsegment, n_name, sum(revenue) AS revenue, sum(l_quantity) AS quantity"
                    " FROM sales GROUP BY o_custkey, c_mktsegment, n_name ORDER BY revenue DESC, o_custkey LIMIT $limit",
                    out);
}

/* ---- reading: a question that needs every column of lineitem ---- */

TAURO_NODE(tpch_ask_all, "tpch.ask_all", TAURO_FRAME(lineitem)) {
  return emit_query(call,
                    "SELECT l_returnflag, l_linestatus, count(*) AS lines, sum(l_orderkey) AS orderkeys,"
                    " sum(l_partkey) AS partkeys, sum(l_suppkey) AS suppkeys, sum(l_linenumber) AS linenumbers,"
                    " sum(l_quantity) AS quantity, sum(l_extendedprice) AS price, sum(l_discount) AS discount,"
                    " sum(l_tax) AS tax, min(l_shipdate) AS shipped, min(l_commitdate) AS committed,"
                    " max(l_receiptdate) AS received, max(l_shipinstruct) AS instruction, max(l_shipmode) AS mode,"
                    " sum(length(l_comment)) AS comments FROM lineitem GROUP BY l_returnflag, l_linestatus"
                    " ORDER BY l_returnflag, l_linestatus",
                    out);
}
