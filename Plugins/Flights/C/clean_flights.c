/* The node flights.silver.clean_flights: a loop of its own over Arrow columns, where SQL would do as well, to show how.
 *
 * Such nodes have one shape: open the stream; for each batch look at the columns that matter, choose rows, copy them
 * (gather.h), emit. Who owns what: a structure is ours from the call that filled it until we release it or an emit takes
 * it over, which it does even when it fails.
 */
#include <tauro/tauro.h>

#include <stdlib.h>

#include "gather.h"

/* ---- the two columns that decide ---- */

enum { DELAYS = 2 };
static const char *const delay_names[DELAYS] = {"dep_delay", "arr_delay"};

struct delay_column {
  int64_t index; /* which column of a batch */
  bool is_double;
};

/* A delay column of one batch. */
struct delay_values {
  const uint8_t *validity; /* NULL: no row is null */
  const int64_t *integers; /* one of these two */
  const double *doubles;
  int64_t offset;
};

static int32_t find_delay(const tauro_call *call, const struct ArrowSchema *schema, const char *name,
                          struct delay_column *result) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    const struct ArrowSchema *column = schema->children[i];
    if (strcmp(column->name ? column->name : "", name) != 0) continue;
    bool is_double = strcmp(column->format, "g") == 0;
    if (column->dictionary || (!is_double && strcmp(column->format, "l") != 0)) {
      return tauro_fail(call, TAURO_E_SCHEMA,
                        "column '%s' has the Arrow type '%s'; expected int64 ('l') or double ('g')", name,
                        column->format);
    }
    *result = (struct delay_column){i, is_double};
    return TAURO_OK;
  }
  return tauro_fail(call, TAURO_E_SCHEMA, "column '%s' is not in the input; it must hold minutes as int64 or double",
                    name);
}

static struct delay_values delay_values(const struct ArrowArray *batch, struct delay_column delay) {
  const struct ArrowArray *column = batch->children[delay.index];
  return (struct delay_values){
      .validity = column->null_count == 0 ? NULL : column->buffers[0],
      .integers = delay.is_double ? NULL : column->buffers[1],
      .doubles = delay.is_double ? column->buffers[1] : NULL,
      .offset = batch->offset + column->offset,
  };
}

/* Whether the delay is there and at most `max_delay`. Not a number counts as above, as it does in SQL. */
static bool is_acceptable(const struct delay_values *delay, int64_t row, double max_delay) {
  int64_t at = delay->offset + row;
  if (delay->validity && !bit_at(delay->validity, at)) return false;
  return (delay->doubles ? delay->doubles[at] : (double)delay->integers[at]) <= max_delay;
}

/* ---- the loop ---- */

/* What lives from the first batch to the last. */
struct cleaning {
  const tauro_call *call;
  const tauro_frame *flights;
  tauro_output *out;
  double max_delay;
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  struct delay_column delays[DELAYS];
  struct row_selection kept; /* of the batch at hand; its memory serves the next one too */
  int64_t kept_capacity;
  int64_t rows_seen;
  int64_t rows_kept;
};

/* Runs do not touch, so a batch has at most one for every two rows. */
static int32_t make_room_for_runs(struct cleaning *cleaning, int64_t rows) {
  int64_t needed = rows / 2 + 1;
  if (needed <= cleaning->kept_capacity) return TAURO_OK;
  struct row_run *runs = realloc(cleaning->kept.runs, (size_t)needed * sizeof *runs);
  if (!runs) {
    return tauro_fail(cleaning->call, TAURO_E_OOM, "no memory to mark the rows of a batch of %lld", (long long)rows);
  }
  cleaning->kept.runs = runs;
  cleaning->kept_capacity = needed;
  return TAURO_OK;
}

static void choose_rows(struct cleaning *cleaning, const struct ArrowArray *batch) {
  struct delay_values departure = delay_values(batch, cleaning->delays[0]);
  struct delay_values arrival = delay_values(batch, cleaning->delays[1]);
  struct row_selection *kept = &cleaning->kept;
  kept->run_count = 0;
  kept->row_count = 0;
  bool in_run = false;
  for (int64_t row = 0; row < batch->length; row++) {
    bool keep = is_acceptable(&departure, row, cleaning->max_delay) &&
                is_acceptable(&arrival, row, cleaning->max_delay);
    if (keep && !in_run) kept->runs[kept->run_count++] = (struct row_run){row, 0};
    if (keep) kept->runs[kept->run_count - 1].count++;
    kept->row_count += keep;
    in_run = keep;
  }
}

/* Makes `result` the kept rows of `batch`, which it takes over. A batch that stays whole is handed on uncopied. */
static int32_t take_kept(const struct cleaning *cleaning, struct ArrowArray *batch, struct ArrowArray *result) {
  if (cleaning->kept.row_count == batch->length) {
    *result = *batch;
    return TAURO_OK;
  }
  bool gathered = gather_rows(&cleaning->schema, batch, &cleaning->kept, result);
  long long rows = (long long)batch->length;
  batch->release(batch);
  return gathered ? TAURO_OK
                  : tauro_fail(cleaning->call, TAURO_E_OOM, "no memory for the kept rows of a batch of %lld", rows);
}

/* Emits `batch`, which it takes over. NULL states the columns alone, so that a result without rows has them too. */
static int32_t emit(const struct cleaning *cleaning, struct ArrowArray *batch) {
  struct ArrowSchema schema; /* every emit takes one over */
  int32_t status = tauro_frame_schema(cleaning->call, cleaning->flights, &schema);
  if (status == TAURO_OK) return tauro_emit_batch(cleaning->out, &schema, batch);
  if (batch) batch->release(batch);
  return status;
}

/* Takes `batch` over. */
static int32_t clean_batch(struct cleaning *cleaning, struct ArrowArray *batch) {
  int32_t status = make_room_for_runs(cleaning, batch->length);
  if (status == TAURO_OK) choose_rows(cleaning, batch);
  if (status != TAURO_OK || cleaning->kept.row_count == 0) {
    batch->release(batch);
    return status;
  }
  struct ArrowArray kept;
  status = take_kept(cleaning, batch, &kept);
  return status == TAURO_OK ? emit(cleaning, &kept) : status;
}

static int32_t clean_batches(struct cleaning *cleaning) {
  const tauro_call *call = cleaning->call;
  int64_t total = tauro_frame_rows(call, cleaning->flights);
  for (;;) {
    if (tauro_cancelled(call)) {
      return tauro_fail(call, TAURO_E_CANCELLED, "stopped after %lld rows", (long long)cleaning->rows_seen);
    }
    struct ArrowArray batch;
    if (cleaning->stream.get_next(&cleaning->stream, &batch) != 0) {
      const char *text = cleaning->stream.get_last_error(&cleaning->stream);
      return tauro_fail(call, TAURO_E_IO, "reading flights: %s", text ? text : "no reason was given");
    }
    if (!batch.release) return TAURO_OK; /* the end of the stream */
    int64_t rows = batch.length;
    int32_t status = clean_batch(cleaning, &batch);
    if (status != TAURO_OK) return status;
    cleaning->rows_seen += rows;
    cleaning->rows_kept += cleaning->kept.row_count;
    tauro_progress(call, total > 0 ? (double)cleaning->rows_seen / (double)total : -1, NULL);
  }
}

static int32_t check_columns(struct cleaning *cleaning) {
  for (int i = 0; i < DELAYS; i++) {
    int32_t status = find_delay(cleaning->call, &cleaning->schema, delay_names[i], &cleaning->delays[i]);
    if (status != TAURO_OK) return status;
  }
  int64_t unsupported = gather_unsupported_column(&cleaning->schema);
  if (unsupported < 0) return TAURO_OK;
  const struct ArrowSchema *column = cleaning->schema.children[unsupported];
  return tauro_fail(cleaning->call, TAURO_E_UNSUPPORTED,
                    "column '%s' has the Arrow type '%s'%s, which this node can not copy; leave it out of its input",
                    column->name ? column->name : "", column->format, column->dictionary ? " with a dictionary" : "");
}

TAURO_NODE(flights_clean_flights, "flights.silver.clean_flights",
           TAURO_DOC("Flights with both delays known and neither above max_delay minutes."), TAURO_FRAME(flights),
           TAURO_F64(max_delay, 600.0)) {
  struct cleaning cleaning = {.call = call, .flights = flights, .out = out, .max_delay = max_delay};
  int32_t status = tauro_frame_schema(call, flights, &cleaning.schema);
  if (status != TAURO_OK) return status;

  status = check_columns(&cleaning);
  if (status == TAURO_OK) status = emit(&cleaning, NULL);
  if (status == TAURO_OK) status = tauro_frame_stream(call, flights, &cleaning.stream);
  if (status == TAURO_OK) {
    status = clean_batches(&cleaning);
    cleaning.stream.release(&cleaning.stream);
  }
  if (status == TAURO_OK) tauro_metric(call, "dropped_rows", (double)(cleaning.rows_seen - cleaning.rows_kept));

  free(cleaning.kept.runs);
  cleaning.schema.release(&cleaning.schema);
  return status;
}
