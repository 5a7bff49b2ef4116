/* Every item in one node, and every function a node may call. */
#include <tauro/tauro.h>

TAURO_PLUGIN("all", "1.0.0");

static int32_t make_frames(const tauro_call *call, const tauro_frame *input, tauro_frame **result) {
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  tauro_binding bindings[2];
  memset(bindings, 0, sizeof bindings);
  bindings[0].name = "mine";
  bindings[0].kind = TAURO_BIND_FRAME;
  bindings[0].value.frame = input;
  bindings[1].name = "least";
  bindings[1].kind = TAURO_BIND_F64;
  bindings[1].value.f64 = 0.5;
  int32_t status = tauro_sql_with(call, NULL, "SELECT * FROM mine WHERE x > $least", bindings, 2, result);
  if (status == TAURO_OK) status = tauro_frame_schema(call, *result, &schema);
  if (status != TAURO_OK) return status;
  schema.release(&schema);
  status = tauro_frame_stream(call, *result, &stream);
  tauro_frame_release(call, *result);
  return status != TAURO_OK ? status : tauro_frame_from_stream(call, &stream, result);
}

TAURO_NODE(sample_all, "sample.all", TAURO_DOC("All of them."), TAURO_RETURNS(artifact), TAURO_ROWWISE, TAURO_FRAME(a),
           TAURO_ARTIFACT(b), TAURO_FRAMES(rest), TAURO_ML, TAURO_I64(i, 0x10), TAURO_F64(f, 1), TAURO_BOOL(t, false),
           TAURO_STR(s, "")) {
  tauro_frame *result = NULL;
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  int32_t status = make_frames(call, a, &result);
  if (status != TAURO_OK) return status;
  tauro_log(call, TAURO_LOG_DEBUG, start_date ? start_date : s);
  tauro_log(call, TAURO_LOG_WARNING, end_date ? end_date : tauro_artifact_path(call, b));
  tauro_metric(call, "rows", (double)(tauro_frame_rows(call, result) + i) * f);
  tauro_progress(call, -1, NULL);
  if (tauro_cancelled(call)) return TAURO_E_CANCELLED;
  if (TAURO_HAS(call->host, tauro_host, get_extension)) (void)tauro_get_extension(call, "none/1");
  if (tauro_sql(call, "SELECT 1 AS one", &result) == TAURO_OK && t) return tauro_emit_frame(out, result);
  if (tauro_frame_list_count(rest) > 1) return tauro_emit_bytes(out, "text/plain", s, strlen(s));
  if (tauro_frame_stream(call, result, &stream) == TAURO_OK) return tauro_emit_stream(out, &stream);
  if (tauro_frame_schema(call, result, &schema) == TAURO_OK) return tauro_emit_batch(out, &schema, NULL);
  return tauro_emit_file(out, "text/plain", tauro_ml_json(ml));
}
