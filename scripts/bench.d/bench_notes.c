/* The plugin that scripts/bench notes makes a thousand of: only the digits of `p0000` differ. */
#include <tauro/tauro.h>

TAURO_PLUGIN("p0000", "1.0.0");

TAURO_NODE(clean, "p0000.etl.clean",
           TAURO_DOC("Rows inside the run's dates, with at most max_delay minutes of delay, and their marks."),
           TAURO_FRAME(rows), TAURO_ARTIFACT(marks), TAURO_F64(max_delay, 600.0), TAURO_STR(mode, "strict")) {
  return tauro_emit_frame(out, rows);
}

TAURO_NODE(join, "p0000.etl.join", TAURO_DOC("Both sides by key."), TAURO_FRAME(left), TAURO_FRAME(right),
           TAURO_STR(key, TAURO_REQUIRED)) {
  return tauro_emit_frame(out, left);
}

TAURO_NODE(by_key, "p0000.gold.by_key", TAURO_ROWWISE, TAURO_FRAMES(parts), TAURO_I64(fewest, 100),
           TAURO_BOOL(sorted, true)) {
  return tauro_emit_frame(out, tauro_frame_list_get(parts, 0));
}

TAURO_NODE(train, "p0000.ml.train", TAURO_RETURNS(artifact), TAURO_FRAME(rows), TAURO_ML) {
  return tauro_emit_bytes(out, "application/json", "{}", 2);
}
