/* Nodes that give results, in every way, also wrong ones. */
#include "arrow_helpers.h"

/* What the node `emits.frame` does, by its parameter. */
enum {
  BATCHES, SCHEMA_ONLY, NOTHING, OTHER_SCHEMA, STREAM, FAILING_STREAM, TWICE, STREAM_TWICE, BATCH_AFTER_STREAM,
  WRONG_KIND, WRONG_FILE, NULL_STREAM, NULL_SCHEMA, NULL_FRAME, FOREIGN_FRAME, RELEASED_STREAM, BROKEN_BATCH,
  FAIL_AFTER_BATCHES, FROM_STREAM, AFTER_FAILED_STREAM, NULL_OUT,
  LARGE_IGNORING, OTHER_SCHEMA_IGNORING, EMPTY_SLICE
};

static int32_t emit(tauro_output *out, const char *column, const char *format, int64_t first, int64_t count) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  make_schema(&schema, column, format);
  make_array(&batch, first, count);
  int32_t status = tauro_emit_batch(out, &schema, &batch);
  /* Both are taken over in every case. */
  return schema.release || batch.release ? TAURO_E_INTERNAL : status;
}

static int32_t emit_stream(tauro_output *out, int64_t batches, bool fails) {
  struct ArrowArrayStream stream;
  make_stream(&stream, batches, fails);
  int32_t status = tauro_emit_stream(out, &stream);
  return stream.release ? TAURO_E_INTERNAL : status;
}

/* Long: one case for each way. */
TAURO_NODE(emit_frame, "emits.frame", TAURO_I64(how, 0)) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  struct ArrowArrayStream stream;
  tauro_frame *frame = NULL;
  int32_t status = TAURO_OK;
  switch (how) {
  case BATCHES: status = emit(out, "id", "l", 0, 3); return status ? status : emit(out, "id", "l", 3, 2);
  case SCHEMA_ONLY: make_schema(&schema, "id", "l"); return tauro_emit_batch(out, &schema, NULL);
  case NOTHING: return TAURO_OK;
  case OTHER_SCHEMA: status = emit(out, "id", "l", 0, 3); return status ? status : emit(out, "number", "l", 3, 2);
  case STREAM: return emit_stream(out, 3, false);
  case FAILING_STREAM: return emit_stream(out, 2, true);
  case TWICE: status = emit_stream(out, 1, false); return status ? status : emit_stream(out, 1, false);
  case STREAM_TWICE: status = emit(out, "id", "l", 0, 1); return status ? status : emit_stream(out, 1, false);
  case BATCH_AFTER_STREAM: status = emit_stream(out, 1, false); return status ? status : emit(out, "id", "l", 0, 1);
  case WRONG_KIND: return tauro_emit_bytes(out, "text/plain", "x", 1);
  case WRONG_FILE: return tauro_emit_file(out, "text/plain", "/etc/hostname");
  case NULL_STREAM: return tauro_emit_stream(out, NULL);
  case NULL_SCHEMA: make_array(&batch, 0, 1); return tauro_emit_batch(out, NULL, &batch);
  case NULL_FRAME: return tauro_emit_frame(out, NULL);
  case FOREIGN_FRAME: return tauro_emit_frame(out, (const tauro_frame *)&status);
  case RELEASED_STREAM: memset(&stream, 0, sizeof stream); return tauro_emit_stream(out, &stream);
  case BROKEN_BATCH:
    make_schema(&schema, "id", "l");
    make_array(&batch, 0, 3);
    batch.children[0]->length = -1;
    return tauro_emit_batch(out, &schema, &batch);
  case FAIL_AFTER_BATCHES: emit(out, "id", "l", 0, 3); return tauro_fail(call, TAURO_E_TRANSIENT, "came %d of 5", 3);
  case FROM_STREAM:
    make_stream(&stream, 2, false);
    status = tauro_frame_from_stream(call, &stream, &frame);
    return status ? status : tauro_emit_frame(out, frame);
  case AFTER_FAILED_STREAM:
    if (emit_stream(out, 1, true) != TAURO_E_IO) return TAURO_E_INTERNAL;
    return emit_stream(out, 1, false);
  case NULL_OUT: return call->host->emit_frame(NULL, NULL) == TAURO_E_INVALID ? TAURO_E_INVALID : TAURO_OK;
  case LARGE_IGNORING:
    for (int64_t i = 0; i < 5; i++) emit(out, "id", "l", i * 200000, 200000);
    return TAURO_OK;
  case OTHER_SCHEMA_IGNORING:
    emit(out, "id", "l", 0, 3);
    emit(out, "number", "l", 3, 2);
    emit(out, "id", "l", 5, 2);
    return TAURO_OK;
  case EMPTY_SLICE:
    make_schema(&schema, "id", "l");
    make_array(&batch, 0, 200000);
    batch.length = batch.children[0]->length = 0;
    batch.children[0]->offset = 200000;
    return tauro_emit_batch(out, &schema, &batch);
  default: return tauro_fail(call, TAURO_E_INTERNAL, "no such case");
  }
}

TAURO_NODE(emit_artifact, "emits.artifact", TAURO_RETURNS(artifact), TAURO_I64(how, 0)) {
  switch (how) {
  case 0: return tauro_emit_bytes(out, "text/plain", "hello", 5);
  case 1: return tauro_emit_bytes(out, NULL, "hello", 5);
  case 2: return tauro_emit_bytes(out, "text/plain", NULL, 5);
  case 3: return tauro_emit_bytes(out, "text/plain", NULL, 0);
  case 4: return tauro_emit_file(out, "text/plain", "/no/such/file");
  case 5: return tauro_emit_file(out, "text/plain", NULL);
  case 6: return tauro_emit_file(out, "text/plain", "/tmp");
  case 7: return emit(out, "id", "l", 0, 1);
  case 8: tauro_emit_bytes(out, "text/plain", "hello", 5); return tauro_emit_bytes(out, "text/plain", "hello", 5);
  default: return tauro_emit_bytes(out, "text/plain", "hello", UINT64_MAX);
  }
}

TAURO_NODE(emit_nothing, "emits.nothing", TAURO_RETURNS(nothing)) {
  (void)call;
  return emit(out, "id", "l", 0, 1);
}

/* Passes NULL wherever a pointer goes; counts the answers that are not INVALID. */
TAURO_NODE(nonsense, "emits.nonsense", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  tauro_frame *frame = NULL;
  const uint8_t *data;
  uint64_t size;
  int wrong = 0;
  tauro_binding unnamed = {NULL, TAURO_BIND_I64, 0, {.i64 = 1}}, unknown = {"x", 99, 0, {.i64 = 1}};
  tauro_binding textless = {"x", TAURO_BIND_STR, 0, {.str = NULL}}, twice[2] = {{"x", 1, 0, {.i64 = 1}}, {"x", 1, 0, {.i64 = 1}}};
  tauro_binding frameless = {"x", TAURO_BIND_FRAME, 0, {.frame = NULL}};
  wrong += tauro_sql(call, NULL, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql(call, "\xff", &frame) != TAURO_E_INVALID;
  wrong += tauro_sql(call, "SELECT 1", NULL) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", NULL, 3, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", &unnamed, 1, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", &unknown, 1, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", &textless, 1, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", &frameless, 1, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", twice, 2, &frame) != TAURO_E_INVALID;
  wrong += tauro_sql_with(call, NULL, "SELECT 1", twice, (size_t)-1, &frame) != TAURO_E_INVALID;
  wrong += tauro_frame_schema(call, NULL, &schema) != TAURO_E_INVALID;
  wrong += tauro_frame_schema(call, table, NULL) != TAURO_E_INVALID;
  wrong += tauro_frame_stream(call, NULL, &stream) != TAURO_E_INVALID;
  wrong += tauro_frame_stream(call, table, NULL) != TAURO_E_INVALID;
  wrong += tauro_frame_rows(call, NULL) != -1;
  wrong += tauro_frame_from_stream(call, NULL, &frame) != TAURO_E_INVALID;
  make_stream(&stream, 1, false);
  wrong += tauro_frame_from_stream(call, &stream, NULL) != TAURO_E_INVALID || stream.release;
  wrong += tauro_artifact_bytes(call, NULL, &data, &size) != TAURO_E_INVALID;
  wrong += tauro_artifact_bytes(call, (const tauro_artifact *)table, NULL, NULL) != TAURO_E_INVALID;
  wrong += tauro_artifact_path(call, (const tauro_artifact *)table) != NULL;
  wrong += tauro_artifact_media_type(call, NULL) != NULL;
  wrong += call->host->fail(NULL, 3, "x", 1) != 3;
  wrong += call->host->cancelled(NULL);
  call->host->log(call, 99, NULL, 5);
  call->host->log(NULL, 1, "x", 1);
  tauro_metric(call, NULL, 1);
  tauro_progress(call, 0.0 / 0.0, NULL);
  call->host->fail(call, 1, NULL, 12);
  if (frame) wrong++;
  return wrong ? tauro_fail(call, TAURO_E_INTERNAL, "%d wrong answers", wrong) : TAURO_OK;
}
