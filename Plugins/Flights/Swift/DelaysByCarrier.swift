import TauroSDK

/// Flights of each carrier, their mean delays, and the arrival delay that nine of ten flights stay within.
///
/// Delays are in minutes.
@Node("flights.gold.delays_by_carrier")
func delaysByCarrier(_ flights: Frame, call: Call) throws -> Frame {
    try call.sql(
        """
        SELECT carrier,
               count(*) AS flights,
               avg(dep_delay) AS mean_dep_delay,
               avg(arr_delay) AS mean_arr_delay,
               percentile_cont(0.9) WITHIN GROUP (ORDER BY arr_delay) AS p90_arr_delay
        FROM flights
        GROUP BY carrier
        ORDER BY carrier
        """
    )
}
