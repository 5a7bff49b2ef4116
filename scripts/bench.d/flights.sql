-- The pipeline flights_daily as one script for DuckDB alone; flights.py fills in {data} and {out}. Each table is stored
-- as parquet and read from there by the ones after it, which was measured to be faster than temporary tables.
COPY (
    SELECT *, make_date(year, month, day) AS flight_date FROM read_csv('{data}/flights.csv', nullstr = ['NA'])
    WHERE make_date(year, month, day) BETWEEN DATE '2013-01-01' AND DATE '2013-12-31'
) TO '{out}/bronze_flights.parquet';
CREATE TEMP VIEW bronze_flights AS FROM '{out}/bronze_flights.parquet';

COPY (
    SELECT * FROM read_csv('{data}/weather.csv', nullstr = ['NA'])
    WHERE make_date(year, month, day) BETWEEN DATE '2013-01-01' AND DATE '2013-12-31'
) TO '{out}/bronze_weather.parquet';
CREATE TEMP VIEW bronze_weather AS FROM '{out}/bronze_weather.parquet';

COPY (
    SELECT * FROM bronze_flights WHERE dep_delay <= 600 AND arr_delay <= 600
) TO '{out}/silver_flights.parquet';
CREATE TEMP VIEW silver_flights AS FROM '{out}/silver_flights.parquet';

COPY (
    SELECT f.*, w.temp, w.dewp, w.humid, w.wind_dir, w.wind_speed, w.wind_gust, w.precip, w.pressure, w.visib
    FROM silver_flights AS f LEFT JOIN (
        SELECT *, row_number() OVER (PARTITION BY origin, year, month, day, hour ORDER BY time_hour) AS place
        FROM bronze_weather
    ) AS w ON w.place = 1 AND w.origin = f.origin AND w.year = f.year AND w.month = f.month AND w.day = f.day
        AND w.hour = f.hour
) TO '{out}/silver_flights_weather.parquet';
CREATE TEMP VIEW silver_flights_weather AS FROM '{out}/silver_flights_weather.parquet';

COPY (
    SELECT carrier, count(*) AS flights, avg(dep_delay) AS mean_dep_delay, avg(arr_delay) AS mean_arr_delay,
        quantile_cont(arr_delay, 0.9) AS p90_arr_delay
    FROM silver_flights_weather GROUP BY carrier ORDER BY carrier
) TO '{out}/delays_by_carrier.parquet';

COPY (
    SELECT hour, count(*) AS flights, avg(dep_delay) AS mean_dep_delay
    FROM silver_flights_weather GROUP BY hour ORDER BY hour
) TO '{out}/delays_by_hour.parquet';

COPY (
    SELECT origin, dest, count(*) AS flights, avg(arr_delay) AS mean_arr_delay
    FROM silver_flights_weather GROUP BY origin, dest ORDER BY mean_arr_delay DESC, origin, dest LIMIT 20
) TO '{out}/worst_routes.parquet';
