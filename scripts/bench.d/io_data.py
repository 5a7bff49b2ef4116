"""Makes what `scripts/bench io` reads, once: io_data.py DIRECTORY EXTENSION

TPC-H at scale 1 by DuckDB's extension. `lineitem.parquet` and `lineitem.csv` are the table as the specification has it,
with decimals; the tables in `tables/` have doubles in their place, which pandas has a type for.
"""
import os
import sys
from pathlib import Path

import duckdb

TABLES = ["lineitem", "orders", "customer", "nation", "region"]


def columns(connection, table):
    types = connection.execute(f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}' "
                               "ORDER BY column_index").fetchall()
    return ", ".join(f"CAST({name} AS DOUBLE) AS {name}" if kind.startswith("DECIMAL") else name
                     for name, kind in types)


def main():
    target, extension = Path(sys.argv[1]), sys.argv[2]
    if target.exists():
        return
    fresh = target.with_suffix(".new")
    (fresh / "tables").mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(fresh / "tpch.duckdb"), config={"temp_directory": str(fresh / "spill")})
    connection.execute("SET threads = 2")
    connection.execute(f"LOAD '{extension}'")
    connection.execute("CALL dbgen(sf = 1)")
    connection.execute(f"COPY lineitem TO '{fresh}/lineitem.parquet' (FORMAT parquet, COMPRESSION snappy)")
    connection.execute(f"COPY lineitem TO '{fresh}/lineitem.csv' (FORMAT csv, HEADER true)")
    for table in TABLES:
        connection.execute(f"COPY (SELECT {columns(connection, table)} FROM {table}) TO '{fresh}/tables/{table}.parquet' "
                           "(FORMAT parquet, COMPRESSION snappy)")
    connection.close()
    (fresh / "tpch.duckdb").unlink()
    os.rename(fresh, target)


main()
