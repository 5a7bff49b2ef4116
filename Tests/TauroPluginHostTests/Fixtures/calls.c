/* Nodes that use every function of the host's table, rightly. */
#include <stdatomic.h>
#include <unistd.h>

#include <tauro/tauro.h>

TAURO_PLUGIN("calls", "2.1.0");

TAURO_NODE(values, "calls.values", TAURO_DOC("Logs " "its values."), TAURO_RETURNS(nothing),
           TAURO_I64(count, 9223372036854775807), TAURO_F64(rate, 0.25), TAURO_BOOL(strict, true),
           TAURO_STR(mode, "left\tor \"right\""), TAURO_I64(least, -9223372036854775808), TAURO_STR(needed, TAURO_REQUIRED)) {
  tauro_logf(call, TAURO_LOG_INFO, "%lld %.17g %d %s %lld %s", (long long)count, rate, strict, mode, (long long)least, needed);
  tauro_logf(call, TAURO_LOG_DEBUG, "%s %s", start_date ? start_date : "none", end_date ? end_date : "none");
  tauro_logf(call, TAURO_LOG_WARNING, "%s %s %u %lld", call->node, call->run_id, call->attempt, (long long)call->deadline_ns);
  tauro_metric(call, "rows", 12.5);
  tauro_metric(call, "broken", 0.0 / 0.0);
  tauro_progress(call, 0.5, "half");
  tauro_progress(call, -1, NULL);
  tauro_progress(call, 7, NULL);
  return TAURO_OK;
}

TAURO_NODE(pass, "calls.pass", TAURO_FRAME(table)) { return tauro_emit_frame(out, table); }

TAURO_NODE(probe, "calls.probe", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  struct ArrowArray batch;
  struct ArrowSchema schema;
  tauro_logf(call, 1, "rows %lld", (long long)tauro_frame_rows(call, table));
  int32_t status = tauro_frame_schema(call, table, &schema);
  if (status) return status;
  for (int64_t i = 0; i < schema.n_children; i++)
    tauro_logf(call, 1, "column %s %s", schema.children[i]->name, schema.children[i]->format);
  schema.release(&schema);
  status = tauro_frame_stream(call, table, &stream);
  if (status) return status;
  for (;;) {
    int code = stream.get_next(&stream, &batch);
    if (code) {
      status = tauro_fail(call, TAURO_E_IO, "reading failed: %s", stream.get_last_error(&stream));
      break;
    }
    if (!batch.release) break;
    struct ArrowArray *column = batch.children[0];
    tauro_logf(call, 1, "batch %lld at %p", (long long)batch.length, (void *)((const int64_t *)column->buffers[1] + column->offset));
    batch.release(&batch);
  }
  stream.release(&stream);
  return status;
}

TAURO_NODE(relay, "calls.relay", TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  int32_t status = tauro_frame_stream(call, table, &stream);
  return status ? status : tauro_emit_stream(out, &stream);
}

TAURO_NODE(query, "calls.query", TAURO_FRAME(left), TAURO_FRAMES(rest), TAURO_I64(limit, 10)) {
  tauro_frame *result = NULL, *other = NULL;
  if (tauro_frame_list_count(rest) != 2 || tauro_frame_list_get(rest, 2)) return tauro_fail(call, 8, "the list is wrong");
  int32_t status = tauro_sql(call, "SELECT 1", &result);
  if (status) return status;
  tauro_binding bindings[] = {
      {"left", TAURO_BIND_FRAME, 0, {.frame = result}}, {"limit", TAURO_BIND_F64, 0, {.f64 = 2.5}},
      {"nothing", TAURO_BIND_NULL, 0, {.i64 = 0}},      {"flag", TAURO_BIND_BOOL, 0, {.boolean = true}},
      {"end_date", TAURO_BIND_STR, 0, {.str = "never"}}, {"id", TAURO_BIND_I64, 0, {.i64 = -3}}};
  status = tauro_sql_with(call, "duckdb", "SELECT 2", bindings, 6, &other);
  if (status) return status;
  tauro_frame_release(call, result);
  tauro_frame_release(call, NULL);
  tauro_frame_release(call, (tauro_frame *)left);
  if (tauro_frame_rows(call, left) < 0) return tauro_fail(call, 8, "an input was released");
  return tauro_emit_frame(out, other);
}

TAURO_NODE(any_status, "calls.status", TAURO_RETURNS(nothing), TAURO_I64(status, 0), TAURO_STR(text, "")) {
  if (*text) call->host->fail(call, (int32_t)status, text, strlen(text));
  return (int32_t)status;
}

TAURO_NODE(long_text, "calls.long_text", TAURO_RETURNS(nothing)) {
  static char text[10000];
  for (size_t i = 0; i < sizeof text; i += 2) memcpy(text + i, "\xc3\xa4", 2);
  memcpy(text, "x\xff\xff", 3);
  return call->host->fail(call, TAURO_E_INVALID, text, sizeof text);
}

TAURO_NODE(bytes, "calls.bytes", TAURO_RETURNS(artifact), TAURO_ARTIFACT(model)) {
  const uint8_t *data = NULL, *again = NULL;
  uint64_t size = 0;
  int32_t status = tauro_artifact_bytes(call, model, &data, &size);
  if (status) return status;
  if (tauro_artifact_bytes(call, model, &again, &size) || again != data) return tauro_fail(call, 8, "read twice");
  const char *path = tauro_artifact_path(call, model);
  if (!path) return TAURO_E_IO;
  tauro_logf(call, 1, "path %s", path);
  FILE *file = fopen(path, "rb");
  if (!file) return tauro_fail(call, TAURO_E_IO, "no file");
  fseek(file, 0, SEEK_END);
  tauro_logf(call, 1, "%s %llu %ld", tauro_artifact_media_type(call, model), (unsigned long long)size, ftell(file));
  fclose(file);
  return tauro_emit_bytes(out, "text/plain", data, size);
}

TAURO_NODE(file_out, "calls.file", TAURO_RETURNS(artifact), TAURO_STR(path, TAURO_REQUIRED)) {
  int32_t status = tauro_emit_file(out, "application/octet-stream", path);
  unlink(path);
  return status;
}

TAURO_NODE(learn, "calls.learn", TAURO_RETURNS(nothing), TAURO_ML) {
  tauro_logf(call, 1, "%s", ml ? "ml" : "no ml");
  tauro_logf(call, 1, "%g %g %g", tauro_hyperparam_f64(ml, "rate", -1), tauro_hyperparam_f64(ml, "depth", -1),
             tauro_hyperparam_f64(ml, "name", -1));
  tauro_logf(call, 1, "%lld %lld", (long long)tauro_hyperparam_i64(ml, "depth", -1),
             (long long)tauro_hyperparam_i64(ml, "rate", -1));
  tauro_logf(call, 1, "%d %d", tauro_hyperparam_bool(ml, "on", false), tauro_hyperparam_bool(ml, "none", true));
  tauro_logf(call, 1, "%s %s", tauro_hyperparam_str(ml, "name", "otherwise"), tauro_hyperparam_str(ml, "rate", "otherwise"));
  if (tauro_hyperparam_str(ml, "name", NULL) != tauro_hyperparam_str(ml, "name", NULL)) return TAURO_E_INTERNAL;
  tauro_logf(call, 1, "%s", tauro_ml_json(ml));
  return TAURO_OK;
}

TAURO_NODE(stop, "calls.stop", TAURO_RETURNS(nothing)) {
  tauro_log(call, TAURO_LOG_INFO, "waiting");
  for (int i = 0; i < 5000 && !tauro_cancelled(call); i++) usleep(1000);
  return tauro_cancelled(call) ? TAURO_E_CANCELLED : TAURO_OK;
}

static atomic_int inside;
TAURO_NODE(meet, "calls.meet", TAURO_RETURNS(nothing)) {
  atomic_fetch_add(&inside, 1);
  for (int i = 0; i < 3000 && atomic_load(&inside) < 2; i++) usleep(1000);
  tauro_metric(call, "together", atomic_load(&inside));
  return TAURO_OK;
}

TAURO_NODE(extension, "calls.extension", TAURO_RETURNS(nothing)) {
  if (tauro_get_extension(call, "tauro.state/1")) return TAURO_E_INTERNAL;
  if (call->struct_size != sizeof(tauro_call) || out->struct_size != sizeof(tauro_output)) return TAURO_E_INTERNAL;
  if (!TAURO_HAS(call->host, tauro_host, get_extension)) return TAURO_E_INTERNAL;
  return call->host->abi_major == TAURO_ABI_MAJOR ? TAURO_OK : TAURO_E_INTERNAL;
}
