/* Nodes for scripts/bench: two that do nothing, one that takes data, one that makes it, and two ways to pass it on. */
#include <tauro/tauro.h>

#include <stdlib.h>

TAURO_PLUGIN("bench_nodes", "1.0.0");

TAURO_NODE(bench_nothing, "bench.nothing", TAURO_RETURNS(nothing)) { return TAURO_OK; }

TAURO_NODE(bench_parameters, "bench.parameters", TAURO_RETURNS(nothing), TAURO_I64(count, 7), TAURO_F64(rate, 0.5),
           TAURO_BOOL(strict, true), TAURO_STR(mode, "fast"), TAURO_STR(note, "a text of more than fifteen bytes")) {
  return TAURO_OK;
}

TAURO_NODE(bench_pass_frame, "bench.pass_frame", TAURO_FRAME(x)) { return tauro_emit_frame(out, x); }

TAURO_NODE(bench_take_frame, "bench.take_frame", TAURO_RETURNS(nothing), TAURO_FRAME(x)) {
  return x ? TAURO_OK : TAURO_E_INVALID;
}

TAURO_NODE(bench_pass_stream, "bench.pass_stream", TAURO_FRAME(x)) {
  struct ArrowArrayStream stream;
  int32_t status = tauro_frame_stream(call, x, &stream);
  return status != TAURO_OK ? status : tauro_emit_stream(out, &stream);
}

/* ---- made data: one column of int64 ---- */

struct made_batch {
  struct ArrowArray column;
  struct ArrowArray *children[1];
  const void *no_validity[1];
  const void *buffers[2];
};

static void release_column(struct ArrowArray *column) {
  free((void *)column->buffers[1]);
  column->release = NULL;
}

static void release_batch(struct ArrowArray *batch) {
  struct made_batch *made = batch->private_data;
  if (made->column.release) made->column.release(&made->column);
  free(made);
  batch->release = NULL;
}

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }

static int32_t emit_values(const tauro_call *call, tauro_output *out, int64_t count) {
  struct ArrowSchema value = {.format = "l", .name = "value", .release = release_schema};
  struct ArrowSchema *children[1] = {&value};
  struct ArrowSchema schema = {.format = "+s", .name = "", .n_children = 1, .children = children,
                               .release = release_schema};
  struct made_batch *made = calloc(1, sizeof *made);
  int64_t *values = malloc((size_t)count * sizeof *values);
  if (!made || !values) {
    free(made);
    free(values);
    return tauro_fail(call, TAURO_E_OOM, "no memory for %lld values", (long long)count);
  }
  for (int64_t i = 0; i < count; i++) values[i] = i;
  made->children[0] = &made->column;
  made->buffers[1] = values;
  made->column = (struct ArrowArray){.length = count, .n_buffers = 2, .buffers = made->buffers,
                                     .release = release_column};
  struct ArrowArray batch = {.length = count, .n_buffers = 1, .n_children = 1, .buffers = made->no_validity,
                             .children = made->children, .release = release_batch, .private_data = made};
  return tauro_emit_batch(out, &schema, &batch);
}

TAURO_NODE(bench_make, "bench.make", TAURO_I64(megabytes, 1000)) {
  for (int64_t i = 0; i < megabytes; i += 10) {
    int32_t status = emit_values(call, out, 10 * 1000 * 1000 / 8);
    if (status != TAURO_OK) return status;
  }
  return TAURO_OK;
}

/* Sends its input back, column by column, without copying it. */
TAURO_NODE(bench_relay, "bench.relay", TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  int32_t status = tauro_frame_stream(call, table, &stream);
  return status != TAURO_OK ? status : tauro_emit_stream(out, &stream);
}

/* Takes any number of inputs; for pipelines that are planned and never run. */
TAURO_NODE(bench_gather, "bench.gather", TAURO_RETURNS(frame), TAURO_FRAMES(parts), TAURO_I64(count, 0)) {
  return tauro_frame_list_count(parts) == 0 ? TAURO_E_INVALID : tauro_emit_frame(out, tauro_frame_list_get(parts, 0));
}
