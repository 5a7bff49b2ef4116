/* See fake_host.h. */
#include "fake_host.h"

#include <errno.h>
#include <stdlib.h>

#include "columns.h"

static struct fake_host *of_call(const tauro_call *call) { return call->host_data; }

/* ---- telling ---- */

static int32_t fake_fail(const tauro_call *call, int32_t status, const char *text, size_t length) {
  memcpy(of_call(call)->text, text, length);
  of_call(call)->text[length] = '\0';
  return status;
}

static void fake_metric(const tauro_call *call, const char *name, double value) {
  if (strcmp(name, "dropped_rows") == 0) of_call(call)->dropped_rows = value;
}

static void fake_progress(const tauro_call *call, double fraction, const char *text) {
  (void)call, (void)text;
  if (fraction > 1) abort();
}

static bool fake_cancelled(const tauro_call *call) { return of_call(call)->polls_left-- == 0; }

/* ---- frames ---- */

static int32_t fake_schema(const tauro_call *call, const tauro_frame *frame, struct ArrowSchema *schema) {
  if (of_call(call)->schemas_left-- == 0) return TAURO_E_IO;
  make_schema(schema);
  for (int64_t i = 0; i < schema->n_children && frame->rename_from; i++) {
    struct ArrowSchema *column = schema->children[i];
    if (strcmp(column->name, frame->rename_from) != 0) continue;
    if (frame->rename_to) column->name = frame->rename_to;
    if (frame->retype_to) column->format = frame->retype_to;
  }
  return TAURO_OK;
}

static int64_t fake_rows(const tauro_call *call, const tauro_frame *frame) {
  (void)call;
  int64_t rows = 0;
  for (int64_t i = 0; i < frame->batch_count; i++) rows += frame->batches[i].length;
  return rows;
}

struct fake_stream {
  struct fake_host *host;
  const tauro_frame *frame;
  int64_t next;
};

/* A batch that lends the frame's buffers: children are copies of the structures alone. */
static void release_lent(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; i++) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  free(array->children);
  array->release = NULL;
  live_structures--;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *batch) {
  struct fake_stream *state = stream->private_data;
  if (state->host->batches_left-- == 0) return EIO;
  *batch = (struct ArrowArray){0};
  if (state->next == state->frame->batch_count) return 0;
  *batch = state->frame->batches[state->next++];
  struct ArrowArray **children = batch->children;
  batch->release = release_lent;
  batch->children = calloc((size_t)batch->n_children, sizeof *children);
  live_structures++;
  for (int64_t i = 0; i < batch->n_children; i++) {
    batch->children[i] = malloc(sizeof **children);
    *batch->children[i] = *children[i];
    batch->children[i]->release = release_lent;
    live_structures++;
  }
  return 0;
}

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema) {
  struct fake_stream *state = stream->private_data;
  return fake_schema(&state->host->call, state->frame, schema);
}

static const char *stream_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "the disk is gone";
}

static void stream_release(struct ArrowArrayStream *stream) {
  free(stream->private_data);
  stream->release = NULL;
  live_structures--;
}

static int32_t fake_open(const tauro_call *call, const tauro_frame *frame, struct ArrowArrayStream *stream) {
  struct fake_stream *state = malloc(sizeof *state);
  *state = (struct fake_stream){of_call(call), frame, 0};
  *stream = (struct ArrowArrayStream){stream_schema, stream_next, stream_error, stream_release, state};
  live_structures++;
  return TAURO_OK;
}

/* ---- results ---- */

/* Takes both over in every case, as a real host does. */
static int32_t fake_emit(tauro_output *out, struct ArrowSchema *schema, struct ArrowArray *batch) {
  struct fake_host *host = out->host_data;
  schema->release(schema);
  host->has_schema = true;
  if (host->emits_left-- == 0) {
    if (batch) batch->release(batch);
    return TAURO_E_IO;
  }
  if (batch) host->emitted[host->emitted_count++] = *batch;
  return TAURO_OK;
}

void start_fake_host(struct fake_host *host) {
  *host = (struct fake_host){.dropped_rows = -1, .schemas_left = -1, .emits_left = -1,
                             .batches_left = -1, .polls_left = -1};
  host->table = (tauro_host){.struct_size = sizeof host->table, .abi_major = 1, .fail = fake_fail,
                             .metric = fake_metric, .progress = fake_progress, .cancelled = fake_cancelled,
                             .frame_schema = fake_schema, .frame_stream = fake_open, .frame_rows = fake_rows,
                             .emit_batch = fake_emit};
  host->call = (tauro_call){.struct_size = sizeof host->call, .attempt = 1, .host = &host->table, .host_data = host};
  host->out = (tauro_output){.struct_size = sizeof host->out, .host = &host->table, .host_data = host};
}

void stop_fake_host(struct fake_host *host) {
  for (int64_t i = 0; i < host->emitted_count; i++) host->emitted[i].release(&host->emitted[i]);
}
