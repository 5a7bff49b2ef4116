import TauroSDK

/// Every flight exactly once, with the weather at its origin in the hour of its scheduled departure.
///
/// Where the weather has an hour twice (clocks went back), the earlier observation counts; where it has none, the
/// weather's columns are null.
@Node("flights.silver.join_weather")
func joinWeather(_ flights: Frame, _ weather: Frame, call: Call) throws -> Frame {
    try call.sql(
        """
        WITH observed AS (
            SELECT *, row_number() OVER (PARTITION BY origin, year, month, day, hour ORDER BY time_hour) AS place
            FROM weather
        )
        SELECT flights.*, observed.temp, observed.dewp, observed.humid, observed.wind_dir, observed.wind_speed,
               observed.wind_gust, observed.precip, observed.pressure, observed.visib
        FROM flights LEFT JOIN observed
          ON observed.place = 1
         AND observed.origin = flights.origin
         AND observed.year = flights.year
         AND observed.month = flights.month
         AND observed.day = flights.day
         AND observed.hour = flights.hour
        """
    )
}
