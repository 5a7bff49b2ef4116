/* Nodes with many large tables at once. */
#include <stdio.h>

#include <tauro/tauro.h>

TAURO_PLUGIN("many", "1.0.0");

/* Adds up the whole numbers of every table's first column. */
TAURO_NODE(many_sum, "many.sum", TAURO_RETURNS(nothing), TAURO_FRAMES(tables)) {
  double sum = 0;
  for (uint64_t i = 0; i < tauro_frame_list_count(tables); i++) {
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    int32_t status = tauro_frame_stream(call, tauro_frame_list_get(tables, i), &stream);
    if (status) return status;
    while (!stream.get_next(&stream, &batch) && batch.release) {
      struct ArrowArray *column = batch.children[0];
      const int64_t *values = (const int64_t *)column->buffers[1] + column->offset;
      for (int64_t row = 0; row < column->length; row++) sum += (double)values[row];
      batch.release(&batch);
    }
    stream.release(&stream);
  }
  tauro_metric(call, "sum", sum);
  return TAURO_OK;
}

/* Queries so many tables of its own, each with the rows of the given one. */
TAURO_NODE(many_query, "many.query", TAURO_RETURNS(nothing), TAURO_FRAME(table), TAURO_I64(count, 1)) {
  enum { MOST = 100 };
  static char names[MOST][8];
  tauro_binding bindings[MOST];
  if (count > MOST) return tauro_fail(call, TAURO_E_INVALID, "count is above %d", MOST);
  for (int64_t i = 0; i < count; i++) {
    struct ArrowArrayStream stream;
    tauro_frame *own = NULL;
    int32_t status = tauro_frame_stream(call, table, &stream);
    if (!status) status = tauro_frame_from_stream(call, &stream, &own);
    if (status) return status;
    snprintf(names[i], sizeof names[i], "t%d", (int)i);
    bindings[i] = (tauro_binding){names[i], TAURO_BIND_FRAME, 0, {.frame = own}};
  }
  tauro_frame *result = NULL;
  return tauro_sql_with(call, "duckdb", "SELECT 1", bindings, (uint64_t)count, &result);
}
