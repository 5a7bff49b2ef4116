"""One reading or writing of `lineitem` by another library: io_peer.py LIBRARY TASK DATA OUT

Prints the seconds it took, the library loaded before, and the rows; two threads each, snappy for parquet. A task names
its format first: `parquet read` makes all rows a table in memory, `parquet ask` aggregates every column, and `parquet
write` stores the rows of the parquet file anew.
"""
import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "2"

ASK = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench_tpch.c")).read()


def duckdb(task, data, out):
    import duckdb
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    kind, work = task.split()
    source = f"read_{'parquet' if work == 'write' else kind}('{data}/lineitem.{'parquet' if work == 'write' else kind}')"

    def read():
        return connection.execute(f"SELECT * FROM {source}").to_arrow_table().num_rows

    def ask():
        return len(connection.execute(question(source)).fetchall())

    def write():
        form = "FORMAT parquet, COMPRESSION snappy" if kind == "parquet" else "FORMAT csv, HEADER true"
        return connection.execute(f"COPY (SELECT * FROM {source}) TO '{out}' ({form})").fetchone()[0]

    return {"read": read, "ask": ask, "write": write}[work]


def question(source):
    """The query of the node `tpch.ask_all`."""
    text = ASK[ASK.index("tpch.ask_all"):]
    text = "".join(line.strip()[1:-1] for line in text.splitlines() if line.strip().startswith('"')
                   for line in [line.strip().rstrip(",")])
    return text.replace("FROM lineitem", f"FROM {source}")


def polars(task, data, out):
    import polars
    kind, work = task.split()
    scan = {"parquet": polars.scan_parquet, "csv": lambda path: polars.scan_csv(path, try_parse_dates=True)}[kind]
    sums = {"l_orderkey": "orderkeys", "l_partkey": "partkeys", "l_suppkey": "suppkeys", "l_linenumber": "linenumbers",
            "l_quantity": "quantity", "l_extendedprice": "price", "l_discount": "discount", "l_tax": "tax"}

    def read():
        return scan(f"{data}/lineitem.{kind}").collect().height

    def ask():
        column = polars.col
        return scan(f"{data}/lineitem.{kind}").group_by("l_returnflag", "l_linestatus").agg(
            polars.len().alias("lines"), *[column(name).sum().alias(alias) for name, alias in sums.items()],
            column("l_shipdate").min(), column("l_commitdate").min(), column("l_receiptdate").max(),
            column("l_shipinstruct").max(), column("l_shipmode").max(),
            column("l_comment").str.len_chars().sum()).sort("l_returnflag", "l_linestatus").collect().height

    def write():
        frame = polars.scan_parquet(f"{data}/lineitem.parquet").collect()
        frame.write_parquet(out, compression="snappy") if kind == "parquet" else frame.write_csv(out)
        return frame.height

    return {"read": read, "ask": ask, "write": write}[work]


def pyarrow(task, data, out):
    import pyarrow
    import pyarrow.compute
    import pyarrow.csv
    import pyarrow.parquet
    pyarrow.set_cpu_count(2)
    kind, work = task.split()
    open_table = {"parquet": pyarrow.parquet.read_table, "csv": pyarrow.csv.read_csv}[kind]

    def read():
        return open_table(f"{data}/lineitem.{kind}").num_rows

    def ask():
        table = open_table(f"{data}/lineitem.{kind}")
        table = table.append_column("comments", pyarrow.compute.utf8_length(table["l_comment"]))
        sums = ["l_orderkey", "l_partkey", "l_suppkey", "l_linenumber", "l_quantity", "l_extendedprice", "l_discount",
                "l_tax", "comments"]
        return table.group_by(["l_returnflag", "l_linestatus"]).aggregate(
            [([], "count_all")] + [(name, "sum") for name in sums] + [("l_shipdate", "min"), ("l_commitdate", "min"),
             ("l_receiptdate", "max"), ("l_shipinstruct", "max"), ("l_shipmode", "max")]).num_rows

    def write():
        table = pyarrow.parquet.read_table(f"{data}/lineitem.parquet")
        if kind == "parquet":
            pyarrow.parquet.write_table(table, out, compression="snappy")
        else:
            pyarrow.csv.write_csv(table, out)
        return table.num_rows

    return {"read": read, "ask": ask, "write": write}[work]


def main():
    library, task, data, out = sys.argv[1:]
    work = {"duckdb": duckdb, "polars": polars, "pyarrow": pyarrow}[library](task, data, out)
    began = time.perf_counter()
    rows = work()
    print(time.perf_counter() - began, rows)


main()
