"""The pipeline of bench_tpch.c, step for step, in another tool: io_pipeline.py TOOL TABLES OUT

Stores what each of the eight steps returns as parquet with snappy in OUT, two threads each, and prints the seconds,
the tool loaded before and, for Spark, its session begun.
"""
import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "2"
os.environ["DO_NOT_TRACK"] = "1"

LINES = ["l_orderkey", "l_suppkey", "l_quantity", "l_extendedprice", "l_discount", "l_tax", "l_returnflag",
         "l_linestatus", "l_shipdate", "l_shipmode"]
ORDERS = ["o_orderkey", "o_custkey", "o_orderdate", "o_orderpriority"]
CUSTOMERS = ["c_custkey", "c_mktsegment", "n_name", "r_name"]
SALES = ["o_custkey", "o_orderdate", "l_shipdate", "l_quantity", "revenue", "c_mktsegment", "n_name", "r_name"]


def polars(tables, out):
    import datetime

    import polars
    column = polars.col

    def table(name):
        return polars.scan_parquet(f"{tables}/{name}.parquet")

    def step(name, plan):
        frame = plan.collect()
        frame.write_parquet(f"{out}/{name}.parquet", compression="snappy")
        return frame.lazy()

    def run():
        lines = step("bronze.lines", table("lineitem").select(LINES))
        orders = step("bronze.orders", table("orders").select(ORDERS))
        customers = step("bronze.customers", table("customer").join(
            table("nation"), left_on="c_nationkey", right_on="n_nationkey").join(
            table("region"), left_on="n_regionkey", right_on="r_regionkey").select(CUSTOMERS))
        order_lines = step("silver.order_lines", lines.join(
            orders, left_on="l_orderkey", right_on="o_orderkey").with_columns(
            revenue=column("l_extendedprice") * (1 - column("l_discount"))).select(
            LINES + ["revenue"] + ORDERS[1:]))
        sales = step("silver.sales", order_lines.join(
            customers, left_on="o_custkey", right_on="c_custkey").select(SALES))
        step("gold.pricing", order_lines.filter(column("l_shipdate") <= datetime.date(1998, 9, 2)).group_by(
            "l_returnflag", "l_linestatus").agg(
            quantity=column("l_quantity").sum(), price=column("l_extendedprice").sum(),
            revenue=column("revenue").sum(), charge=(column("revenue") * (1 + column("l_tax"))).sum(),
            mean_discount=column("l_discount").mean(), lines=polars.len()).sort("l_returnflag", "l_linestatus"))
        step("gold.by_nation", sales.group_by("r_name", "n_name", column("o_orderdate").dt.year().alias("year")).agg(
            revenue=column("revenue").sum(), lines=polars.len()).sort("r_name", "n_name", "year"))
        step("gold.best_customers", sales.group_by("o_custkey", "c_mktsegment", "n_name").agg(
            revenue=column("revenue").sum(), quantity=column("l_quantity").sum()).sort(
            ["revenue", "o_custkey"], descending=[True, False]).head(100))

    return run


def spark(tables, out):
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f
    session = (SparkSession.builder.master("local[2]").config("spark.driver.host", "127.0.0.1")
               .config("spark.driver.bindAddress", "127.0.0.1").config("spark.ui.enabled", "false")
               .config("spark.driver.memory", "6g").config("spark.sql.shuffle.partitions", "4")
               .config("spark.sql.session.timeZone", "UTC").getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    session.range(1).count()

    def table(name):
        return session.read.parquet(f"{tables}/{name}.parquet")

    def step(name, frame):
        frame.write.parquet(f"{out}/{name}.parquet", compression="snappy")
        return session.read.parquet(f"{out}/{name}.parquet")

    def run():
        lines = step("bronze.lines", table("lineitem").select(LINES))
        orders = step("bronze.orders", table("orders").select(ORDERS))
        customers = step("bronze.customers", table("customer").join(
            table("nation"), f.col("c_nationkey") == f.col("n_nationkey")).join(
            table("region"), f.col("n_regionkey") == f.col("r_regionkey")).select(CUSTOMERS))
        order_lines = step("silver.order_lines", lines.join(
            orders, f.col("l_orderkey") == f.col("o_orderkey")).withColumn(
            "revenue", f.col("l_extendedprice") * (1 - f.col("l_discount"))).select(LINES + ["revenue"] + ORDERS[1:]))
        sales = step("silver.sales", order_lines.join(
            customers, f.col("o_custkey") == f.col("c_custkey")).select(SALES))
        step("gold.pricing", order_lines.where("l_shipdate <= DATE '1998-09-02'").groupBy(
            "l_returnflag", "l_linestatus").agg(
            f.sum("l_quantity").alias("quantity"), f.sum("l_extendedprice").alias("price"),
            f.sum("revenue").alias("revenue"), f.sum(f.col("revenue") * (1 + f.col("l_tax"))).alias("charge"),
            f.avg("l_discount").alias("mean_discount"), f.count("*").alias("lines")).orderBy(
            "l_returnflag", "l_linestatus"))
        step("gold.by_nation", sales.groupBy("r_name", "n_name", f.year("o_orderdate").alias("year")).agg(
            f.sum("revenue").alias("revenue"), f.count("*").alias("lines")).orderBy("r_name", "n_name", "year"))
        step("gold.best_customers", sales.groupBy("o_custkey", "c_mktsegment", "n_name").agg(
            f.sum("revenue").alias("revenue"), f.sum("l_quantity").alias("quantity")).orderBy(
            f.col("revenue").desc(), "o_custkey").limit(100))

    return run


# Long: one function a step, and the catalogue.
def kedro(tables, out):
    import datetime

    from kedro.io import DataCatalog
    from kedro.pipeline import node, pipeline
    from kedro.runner import SequentialRunner
    from kedro_datasets.pandas import ParquetDataset

    def customers(customer, nation, region):
        joined = customer.merge(nation, left_on="c_nationkey", right_on="n_nationkey")
        return joined.merge(region, left_on="n_regionkey", right_on="r_regionkey")[CUSTOMERS]

    def order_lines(lines, orders):
        joined = lines.merge(orders, left_on="l_orderkey", right_on="o_orderkey")
        joined["revenue"] = joined["l_extendedprice"] * (1 - joined["l_discount"])
        return joined[LINES + ["revenue"] + ORDERS[1:]]

    def sales(order_lines, customers):
        return order_lines.merge(customers, left_on="o_custkey", right_on="c_custkey")[SALES]

    def pricing(order_lines):
        kept = order_lines[order_lines["l_shipdate"] <= datetime.date(1998, 9, 2)]
        kept = kept.assign(charge=kept["revenue"] * (1 + kept["l_tax"]))
        return kept.groupby(["l_returnflag", "l_linestatus"]).agg(
            quantity=("l_quantity", "sum"), price=("l_extendedprice", "sum"), revenue=("revenue", "sum"),
            charge=("charge", "sum"), mean_discount=("l_discount", "mean"), lines=("l_tax", "size")).reset_index()

    def by_nation(sales):
        import pandas
        year = pandas.to_datetime(sales["o_orderdate"]).dt.year
        return sales.assign(year=year).groupby(["r_name", "n_name", "year"]).agg(
            revenue=("revenue", "sum"), lines=("revenue", "size")).reset_index()

    def best_customers(sales):
        return sales.groupby(["o_custkey", "c_mktsegment", "n_name"]).agg(
            revenue=("revenue", "sum"), quantity=("l_quantity", "sum")).reset_index().sort_values(
            ["revenue", "o_custkey"], ascending=[False, True]).head(100)

    stored = ["bronze_lines", "bronze_orders", "bronze_customers", "silver_order_lines", "silver_sales", "gold_pricing",
              "gold_by_nation", "gold_best_customers"]
    datasets = {name: ParquetDataset(filepath=f"{tables}/{name}.parquet")
                for name in ["lineitem", "orders", "customer", "nation", "region"]}
    datasets |= {name: ParquetDataset(filepath=f"{out}/{name.replace('_', '.', 1)}.parquet",
                                      save_args={"compression": "snappy", "index": False}) for name in stored}
    steps = pipeline([
        node(lambda table: table[LINES], "lineitem", "bronze_lines", name="lines"),
        node(lambda table: table[ORDERS], "orders", "bronze_orders", name="orders"),
        node(customers, ["customer", "nation", "region"], "bronze_customers", name="customers"),
        node(order_lines, ["bronze_lines", "bronze_orders"], "silver_order_lines", name="order_lines"),
        node(sales, ["silver_order_lines", "bronze_customers"], "silver_sales", name="sales"),
        node(pricing, "silver_order_lines", "gold_pricing", name="pricing"),
        node(by_nation, "silver_sales", "gold_by_nation", name="by_nation"),
        node(best_customers, "silver_sales", "gold_best_customers", name="best_customers"),
    ])
    return lambda: SequentialRunner().run(steps, DataCatalog(datasets))


def main():
    tool, tables, out = sys.argv[1:]
    run = {"polars": polars, "spark": spark, "kedro": kedro}[tool](tables, out)
    began = time.perf_counter()
    run()
    print(time.perf_counter() - began)


main()
