/* The plugin flights_c: its name, and the nodes that say in SQL what they do.
 *
 * `flights_clean_flights`, which reads columns itself, is in clean_flights.c.
 */
#include <tauro/tauro.h>

TAURO_PLUGIN("flights_c", "1.0.0");

/* Runs a query over the node's inputs and makes its result the node's. A failed query has left its text with the call:
 * the status is all there is to hand on. */
static int32_t emit_query(const tauro_call *call, const char *sql, tauro_output *out) {
  tauro_frame *result = NULL;
  int32_t status = tauro_sql(call, sql, &result);
  return status != TAURO_OK ? status : tauro_emit_frame(out, result);
}

/* The run's dates are text, and NULL where the run has none: that side is then open. Days are compared with days, so
 * the last day counts whole. */
#define INSIDE_THE_RUN(day)                                           \
  "($start_date IS NULL OR " day " >= CAST($start_date AS DATE))"     \
  " AND ($end_date IS NULL OR " day " <= CAST($end_date AS DATE))"

TAURO_NODE(flights_extract_flights, "flights.bronze.extract_flights",
           TAURO_DOC("Flights inside the run's dates, with flight_date, the day of scheduled departure."),
           TAURO_FRAME(flights)) {
  return emit_query(call,
                    "SELECT * FROM (SELECT *, make_date(year, month, day) AS flight_date FROM flights) AS dated"
                    " WHERE " INSIDE_THE_RUN("flight_date"),
                    out);
}

TAURO_NODE(flights_extract_weather, "flights.bronze.extract_weather",
           TAURO_DOC("Hourly weather at the airports of departure, inside the run's dates."),
           TAURO_FRAME(weather)) {
  return emit_query(call, "SELECT * FROM weather WHERE " INSIDE_THE_RUN("make_date(year, month, day)"), out);
}

TAURO_NODE(flights_worst_routes, "flights.gold.worst_routes",
           TAURO_DOC("The routes with the highest mean arrival delay in minutes, however few flights they have."),
           TAURO_FRAME(flights), TAURO_I64(limit, 20)) {
  if (limit < 0) {
    return tauro_fail(call, TAURO_E_INVALID, "limit is %lld; it must be 0 or more", (long long)limit);
  }
  return emit_query(call,
                    "SELECT origin, dest, count(*) AS flights, avg(arr_delay) AS mean_arr_delay"
                    " FROM flights GROUP BY origin, dest"
                    " ORDER BY mean_arr_delay DESC, origin, dest LIMIT $limit",
                    out);
}
