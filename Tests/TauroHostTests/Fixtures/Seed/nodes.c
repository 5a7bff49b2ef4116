/* Nodes behind the names that the examples use; their rows are made up. */
#include <tauro/tauro.h>

TAURO_PLUGIN("seed", "1.0.0");

/* Emits the rows of a query over the node's inputs. */
static int32_t emit(const tauro_call *call, tauro_output *out, const char *sql) {
  tauro_frame *rows = NULL;
  int32_t status = tauro_sql(call, sql, &rows);
  return status != TAURO_OK ? status : tauro_emit_frame(out, rows);
}

static const char *const events =
    "SELECT i AS id, CASE WHEN i % 2 = 0 THEN 'buy' ELSE 'view' END AS kind, i * 10 AS amount FROM range(6) AS t(i)";
static const char *const model = "SELECT 0.25 AS weight, 1 AS bias";

TAURO_NODE(my_pkg_etl_extract, "my_pkg.etl.extract", TAURO_FRAME(raw)) { return tauro_emit_frame(out, raw); }
TAURO_NODE(my_pkg_etl_extract_raw, "my_pkg.etl.extract_raw") { return emit(call, out, events); }
TAURO_NODE(my_pkg_etl_transform, "my_pkg.etl.transform", TAURO_FRAME(events)) {
  return emit(call, out, "SELECT * FROM events WHERE kind = 'buy'");
}
TAURO_NODE(my_pkg_etl_aggregate, "my_pkg.etl.aggregate", TAURO_FRAME(events)) {
  return emit(call, out, "SELECT kind, count(*) AS n, sum(amount) AS amount FROM events GROUP BY kind");
}
TAURO_NODE(my_pkg_batch_extract, "my_pkg.batch.extract") { return emit(call, out, events); }
TAURO_NODE(my_pkg_streaming_stream_kafka, "my_pkg.streaming.stream_kafka") { return emit(call, out, events); }

TAURO_NODE(my_pkg_ml_prepare_data, "my_pkg.ml.prepare_data") { return emit(call, out, events); }
TAURO_NODE(my_pkg_ml_prepare_features, "my_pkg.ml.prepare_features") { return emit(call, out, events); }
TAURO_NODE(my_pkg_ml_join, "my_pkg.ml.join", TAURO_FRAME(first), TAURO_FRAMES(others)) {
  (void)first;
  tauro_metric(call, "sources", 1.0 + (double)tauro_frame_list_count(others));
  return emit(call, out, "SELECT * FROM first");
}
TAURO_NODE(my_pkg_ml_train, "my_pkg.ml.train", TAURO_FRAME(rows), TAURO_ML) {
  (void)rows;
  tauro_metric(call, "learning_rate", tauro_hyperparam_f64(ml, "learning_rate", 0.5));
  return emit(call, out, model);
}
TAURO_NODE(my_pkg_ml_train_model, "my_pkg.ml.train_model", TAURO_FRAME(rows), TAURO_ML) {
  (void)rows;
  tauro_metric(call, "learning_rate", tauro_hyperparam_f64(ml, "learning_rate", 0.5));
  return emit(call, out, model);
}
TAURO_NODE(my_pkg_ml_evaluate, "my_pkg.ml.evaluate", TAURO_FRAME(model)) {
  (void)model;
  return emit(call, out, "SELECT 0.9 AS accuracy, 0.8 AS precision");
}
TAURO_NODE(my_pkg_ml_evaluate_model, "my_pkg.ml.evaluate_model", TAURO_FRAME(model)) {
  (void)model;
  return emit(call, out, "SELECT 0.9 AS accuracy, 0.7 AS auc");
}

TAURO_NODE(models_feature_engineering, "models.feature_engineering") { return emit(call, out, events); }
TAURO_NODE(models_train_xgboost, "models.train_xgboost", TAURO_FRAME(rows)) {
  (void)rows;
  return emit(call, out, model);
}
TAURO_NODE(ml_train, "ml.train", TAURO_ML) {
  tauro_metric(call, "learning_rate", tauro_hyperparam_f64(ml, "learning_rate", 0.5));
  return emit(call, out, model);
}
TAURO_NODE(ml_predict, "ml.predict") { return emit(call, out, events); }
