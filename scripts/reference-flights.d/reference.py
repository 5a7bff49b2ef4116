"""Computes the tables of flights_daily from the csv files, independently of the host, and compares them with its outputs.

reference.py PROJECT [START_DATE END_DATE]        compares with PROJECT/out; exits 1 on any difference
reference.py PROJECT [START_DATE END_DATE] --show prints the gold tables instead

Names, types and rows must be equal. Means may differ by 1e-9 of their value, where only the order of a summation differs.
"""
import argparse
import sys
from pathlib import Path

import duckdb

MAX_DELAY = 600
LIMIT = 20

# Each table is made from the ones before.
TABLES = {
    "bronze.flights": """
        SELECT *, make_date(year, month, day) AS flight_date FROM read_csv('{data}/flights.csv', nullstr = ['NA'])
        WHERE make_date(year, month, day) BETWEEN DATE '{start}' AND DATE '{end}'""",
    "bronze.weather": """
        SELECT * FROM read_csv('{data}/weather.csv', nullstr = ['NA'])
        WHERE make_date(year, month, day) BETWEEN DATE '{start}' AND DATE '{end}'""",
    "silver.flights": """
        SELECT * FROM "bronze.flights" WHERE dep_delay <= {max_delay} AND arr_delay <= {max_delay}""",
    # Three hours are there twice, at the clock change: the earlier counts.
    "silver.flights_weather": """
        SELECT f.*, w.* EXCLUDE (origin, year, month, day, hour, time_hour)
        FROM "silver.flights" AS f LEFT JOIN (
            SELECT * FROM "bronze.weather"
            QUALIFY row_number() OVER (PARTITION BY origin, year, month, day, hour ORDER BY time_hour) = 1
        ) AS w USING (origin, year, month, day, hour)""",
    "gold.delays_by_carrier": """
        SELECT carrier, count(*) AS flights, avg(dep_delay) AS mean_dep_delay, avg(arr_delay) AS mean_arr_delay,
            quantile_cont(arr_delay, 0.9) AS p90_arr_delay
        FROM "silver.flights" GROUP BY carrier""",
    "gold.delays_by_hour": """
        SELECT hour, count(*) AS flights, avg(dep_delay) AS mean_dep_delay FROM "silver.flights" GROUP BY hour""",
    "gold.worst_routes": """
        SELECT origin, dest, count(*) AS flights, avg(arr_delay) AS mean_arr_delay FROM "silver.flights"
        GROUP BY origin, dest ORDER BY mean_arr_delay DESC, origin, dest LIMIT {limit}""",
}

# Tables with means: the columns that name a row, and the order the rows are stored in, where that is promised.
KEYS = {
    "gold.delays_by_carrier": ["carrier"],
    "gold.delays_by_hour": ["hour"],
    "gold.worst_routes": ["origin", "dest"],
}
ORDERED = {"gold.worst_routes"}


def compute(connection, project, start, end):
    values = {"data": project / "data", "start": start, "end": end, "max_delay": MAX_DELAY, "limit": LIMIT}
    for name, query in TABLES.items():
        connection.execute(f'CREATE TEMP TABLE "{name}" AS {query.format(**values)}')


def stored(project, name):
    return f"read_parquet('{project / 'out' / name.replace('.', '/')}/*.parquet')"


def columns(connection, source):
    return [(row[0], row[1]) for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]


def close(left, right):
    if isinstance(left, float) and isinstance(right, float):
        return left == right or abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    return left == right


def differences_of_rows(connection, name, theirs):
    """Rows of one side that the other does not have as often."""
    for text, left, right in [("missing", f'"{name}"', theirs), ("too many", theirs, f'"{name}"')]:
        count, example = connection.execute(
            f"SELECT count(*), min(t::VARCHAR) FROM (SELECT * FROM {left} EXCEPT ALL SELECT * FROM {right}) AS t"
        ).fetchone()
        if count:
            yield f"{count} rows {text}, for example {example}"


def differences_of_means(connection, name, theirs):
    order = "" if name in ORDERED else f"ORDER BY {', '.join(KEYS[name])}"
    expected = connection.execute(f'SELECT * FROM "{name}" {order}').fetchall()
    found = connection.execute(f"SELECT * FROM {theirs} {order}").fetchall()
    if len(expected) != len(found):
        yield f"{len(found)} rows, expected {len(expected)}"
    for number, (left, right) in enumerate(zip(expected, found), 1):
        if not all(close(a, b) for a, b in zip(left, right)):
            yield f"row {number} is {right}, expected {left}"


def differences(connection, project, name):
    theirs = stored(project, name)
    try:
        found = columns(connection, theirs)
    except duckdb.Error as error:
        return [str(error).splitlines()[0]]
    expected = columns(connection, f'"{name}"')
    if found != expected:
        changed = [f"{a} {b}" for a, b in dict(found).items() if (a, b) not in expected]
        lost = [f"{a} {b}" for a, b in dict(expected).items() if (a, b) not in found]
        return [f"columns differ: found {changed or 'another order'}, expected {lost or [a for a, _ in expected]}"]
    compare = differences_of_means if name in KEYS else differences_of_rows
    return list(compare(connection, name, theirs))


def main():
    parser = argparse.ArgumentParser(description="Compares the outputs of flights_daily with an independent computation.")
    parser.add_argument("project", type=Path)
    parser.add_argument("start", nargs="?", default="2013-01-01")
    parser.add_argument("end", nargs="?", default="2013-12-31")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    connection = duckdb.connect()
    compute(connection, arguments.project.resolve(), arguments.start, arguments.end)
    failed = False
    for name in TABLES:
        count = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        if arguments.show:
            order = KEYS.get(name) if name not in ORDERED else None
            print(name, count, "rows")
            if name in KEYS:
                print(connection.sql(f'SELECT * FROM "{name}"' + (f" ORDER BY {order[0]}" if order else "")))
            continue
        found = differences(connection, arguments.project.resolve(), name)
        failed |= bool(found)
        print(f"{name}: {count:,} rows, {'; '.join(found[:3]) if found else 'equal'}")
    sys.exit(failed)


main()
