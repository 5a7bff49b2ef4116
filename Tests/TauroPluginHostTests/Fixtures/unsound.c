/* Nodes that return frames which break the Arrow format in ways that only their values show, and a sound large one. */
#include "arrow_helpers.h"

TAURO_PLUGIN("unsound", "1.0.0");

enum { SOUND, BAD_UTF8, OFFSETS_BACK, NEGATIVE_OFFSET, FEWER_ROWS };

static void make_text(struct ArrowArray *array, const int32_t *offsets, int64_t count, const char *bytes, size_t size) {
  fill_array(array, count, 1);
  array->n_children = 1;
  array->children = malloc(sizeof *array->children);
  array->children[0] = malloc(sizeof **array->children);
  fill_array(array->children[0], count, 3);
  size_t offsets_size = (size_t)(count + 1) * sizeof *offsets;
  array->children[0]->buffers[1] = memcpy(malloc(offsets_size), offsets, offsets_size);
  array->children[0]->buffers[2] = memcpy(malloc(size), bytes, size);
}

TAURO_NODE(unsound_text, "unsound.text", TAURO_I64(how, 0)) {
  (void)call;
  struct ArrowSchema schema;
  struct ArrowArray batch;
  int32_t sound[] = {0, 3, 6, 9}, back[] = {0, 6, 3, 9}, negative[] = {-3, 0, 3, 6};
  make_schema(&schema, "name", "u");
  const char *bytes = how == BAD_UTF8 ? "abcd\xff"
                                        "fghi"
                                      : "abcdefghi";
  make_text(&batch, how == OFFSETS_BACK ? back : how == NEGATIVE_OFFSET ? negative : sound, 3, bytes, 9);
  if (how == FEWER_ROWS) batch.children[0]->length = 2;
  return tauro_emit_batch(out, &schema, &batch);
}

/* `rows` numbers from 0 on, in one batch. */
TAURO_NODE(unsound_numbers, "unsound.numbers", TAURO_I64(rows, 1000000)) {
  (void)call;
  struct ArrowSchema schema;
  struct ArrowArray batch;
  make_schema(&schema, "id", "l");
  make_array(&batch, 0, rows);
  return tauro_emit_batch(out, &schema, &batch);
}

/* Emits a result and releases the batch a second time behind the host's back. */
TAURO_NODE(unsound_double_release, "unsound.double_release", TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  struct ArrowArray batch, copy;
  int32_t status = tauro_frame_stream(call, table, &stream);
  if (status) return status;
  if (stream.get_next(&stream, &batch)) return TAURO_E_IO;
  copy = batch;
  batch.release(&batch);
  copy.release(&copy);
  stream.release(&stream);
  return tauro_emit_frame(out, table);
}

/* Never releases what it was given. */
TAURO_NODE(unsound_no_release, "unsound.no_release", TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  struct ArrowArray batch;
  int32_t status = tauro_frame_stream(call, table, &stream);
  if (status) return status;
  if (stream.get_next(&stream, &batch)) return TAURO_E_IO;
  return tauro_emit_frame(out, table);
}

/* Writes to its input, which it shares with everybody else. */
TAURO_NODE(unsound_writes, "unsound.writes", TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  struct ArrowArray batch;
  int32_t status = tauro_frame_stream(call, table, &stream);
  if (status) return status;
  if (stream.get_next(&stream, &batch)) return TAURO_E_IO;
  ((int64_t *)batch.children[0]->buffers[1])[0] = 7;
  batch.release(&batch);
  stream.release(&stream);
  return tauro_emit_frame(out, table);
}
