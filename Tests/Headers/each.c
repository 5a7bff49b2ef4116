/* Every item alone. */
#include <tauro/tauro.h>

TAURO_PLUGIN_SERIAL("each", "2.1.0-beta+3");

TAURO_NODE(sample_doc, "sample.doc", TAURO_DOC("Says \"what\", it does; a tab\tand a \\ too, "
                                               "in two literals.")) {
  return TAURO_OK;
}

TAURO_NODE(sample_returns_frame, "sample.returns_frame", TAURO_RETURNS(frame)) { return TAURO_OK; }
TAURO_NODE(sample_returns_artifact, "sample.returns_artifact", TAURO_RETURNS(artifact)) {
  return tauro_emit_bytes(out, "text/plain", "x", 1);
}
TAURO_NODE(sample_returns_nothing, "sample.returns_nothing", TAURO_RETURNS(nothing)) { return TAURO_OK; }
TAURO_NODE(sample_rowwise, "sample.rowwise", TAURO_ROWWISE) { return TAURO_OK; }

TAURO_NODE(sample_frame, "sample.frame", TAURO_FRAME(x)) { return tauro_emit_frame(out, x); }

TAURO_NODE(sample_artifact, "sample.artifact", TAURO_ARTIFACT(x)) {
  const uint8_t *data = NULL;
  uint64_t size = 0;
  int32_t status = tauro_artifact_bytes(call, x, &data, &size);
  return status != TAURO_OK ? status : tauro_emit_bytes(out, tauro_artifact_media_type(call, x), data, size);
}

TAURO_NODE(sample_frames, "sample.frames", TAURO_FRAMES(x)) {
  return tauro_frame_list_count(x) == 0 ? TAURO_E_INVALID : tauro_emit_frame(out, tauro_frame_list_get(x, 0));
}

TAURO_NODE(sample_ml, "sample.ml", TAURO_ML) {
  double rate = tauro_hyperparam_f64(ml, "learning_rate", 0.1);
  bool known = tauro_hyperparam_bool(ml, "known", false) && tauro_hyperparam_i64(ml, "n", 1) > 0;
  tauro_logf(call, TAURO_LOG_INFO, "%f %d %s %s", rate, known, tauro_hyperparam_str(ml, "s", ""), tauro_ml_json(ml));
  return TAURO_OK;
}

TAURO_NODE(sample_i64, "sample.i64", TAURO_I64(x, -9223372036854775807)) {
  return tauro_fail(call, TAURO_E_INVALID, "%lld", (long long)x);
}
TAURO_NODE(sample_f64, "sample.f64", TAURO_F64(x, 6.25e-2)) { return x > 0 ? TAURO_OK : TAURO_E_INVALID; }
TAURO_NODE(sample_bool, "sample.bool", TAURO_BOOL(x, true)) { return x ? TAURO_OK : TAURO_E_INVALID; }
TAURO_NODE(sample_str, "sample.str", TAURO_STR(x, "a,\tb (c) \"d\"")) { return x ? TAURO_OK : TAURO_E_INVALID; }
TAURO_NODE(sample_required, "sample.required", TAURO_STR(x, TAURO_REQUIRED)) { return x ? TAURO_OK : TAURO_E_INVALID; }

/* Nothing that a node is given need be used. */
TAURO_NODE(sample_unused, "sample.unused", TAURO_FRAME(x), TAURO_ML, TAURO_I64(y, 0)) { return TAURO_OK; }
