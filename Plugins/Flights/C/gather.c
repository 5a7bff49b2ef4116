/* See gather.h. */
#include "gather.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a column's type means for its buffers ---- */

enum layout { LAYOUT_UNSUPPORTED, LAYOUT_NULL, LAYOUT_BITS, LAYOUT_FIXED, LAYOUT_TEXT };

struct column_type {
  enum layout layout;
  int64_t width; /* bytes a value; for LAYOUT_FIXED */
};

/* Bytes of a decimal: "d:precision,scale" has 128 bits, "d:precision,scale,bits" says how many. */
static int64_t decimal_width(const char *format) {
  const char *comma = strchr(format, ',');
  const char *bits = comma ? strchr(comma + 1, ',') : NULL;
  return bits ? strtoll(bits + 1, NULL, 10) / 8 : 16;
}

/* Bytes of a value of a fixed-width type, or 0 for any other type. */
static int64_t fixed_width(const char *format) {
  static const struct {
    const char *prefix;
    int64_t width;
  } widths[] = {
      {"c", 1},   {"C", 1},   {"s", 2},   {"S", 2},   {"i", 4},   {"I", 4},   {"l", 8},   {"L", 8},
      {"e", 2},   {"f", 4},   {"g", 8},                       /* floating point */
      {"tdD", 4}, {"tdm", 8},                                 /* dates in days, in milliseconds */
      {"tts", 4}, {"ttm", 4}, {"ttu", 8}, {"ttn", 8},         /* times of day */
      {"tss", 8}, {"tsm", 8}, {"tsu", 8}, {"tsn", 8},         /* timestamps; a time zone follows a colon */
      {"tDs", 8}, {"tDm", 8}, {"tDu", 8}, {"tDn", 8},         /* durations */
      {"tiM", 4}, {"tiD", 8}, {"tin", 16},                    /* intervals */
  };
  for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
    size_t length = strlen(widths[i].prefix);
    if (strncmp(format, widths[i].prefix, length) == 0 && (format[length] == '\0' || format[length] == ':')) {
      return widths[i].width;
    }
  }
  if (format[0] == 'd' && format[1] == ':') return decimal_width(format);
  if (format[0] == 'w' && format[1] == ':') return strtoll(format + 2, NULL, 10);
  return 0;
}

static struct column_type column_type(const struct ArrowSchema *column) {
  const char *format = column->format;
  if (column->dictionary) return (struct column_type){LAYOUT_UNSUPPORTED, 0};
  if (strcmp(format, "n") == 0) return (struct column_type){LAYOUT_NULL, 0};
  if (strcmp(format, "b") == 0) return (struct column_type){LAYOUT_BITS, 0};
  if (strcmp(format, "u") == 0 || strcmp(format, "z") == 0) return (struct column_type){LAYOUT_TEXT, 0};
  int64_t width = fixed_width(format);
  return (struct column_type){width > 0 ? LAYOUT_FIXED : LAYOUT_UNSUPPORTED, width};
}

int64_t gather_unsupported_column(const struct ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    if (column_type(schema->children[i]).layout == LAYOUT_UNSUPPORTED) return i;
  }
  return -1;
}

/* ---- memory ---- */

/* A column has at most three buffers: validity bits, values or offsets, text. */
enum { MAX_BUFFERS = 3 };

/* Arrow wants buffers on multiples of 64 bytes, so that vector instructions may read them. */
static void *new_buffer(int64_t size) {
  size_t padded = ((size_t)size + 63) / 64 * 64;
  return aligned_alloc(64, padded > 0 ? padded : 64);
}

static void release_column(struct ArrowArray *column) {
  for (int64_t i = 0; i < column->n_buffers; i++) free((void *)column->buffers[i]);
  free(column->buffers);
  column->release = NULL;
}

/* A consumer may have taken a column out of the batch; its `release` is then NULL and it is not ours any more. */
static void release_batch(struct ArrowArray *batch) {
  for (int64_t i = 0; i < batch->n_children; i++) {
    struct ArrowArray *column = batch->children[i];
    if (column && column->release) column->release(column);
    free(column);
  }
  free(batch->children);
  free(batch->buffers);
  batch->release = NULL;
}

/* A column without buffers yet, that can already be released. */
static bool new_column(struct ArrowArray *column, int64_t length) {
  const void **buffers = calloc(MAX_BUFFERS, sizeof *buffers);
  if (!buffers) return false;
  *column = (struct ArrowArray){.length = length, .buffers = buffers, .release = release_column};
  return true;
}

/* A batch whose columns are still empty, that can already be released. */
static bool new_batch(struct ArrowArray *batch, int64_t length, int64_t columns) {
  *batch = (struct ArrowArray){.length = length, .n_buffers = 1, .release = release_batch};
  batch->buffers = calloc(1, sizeof *batch->buffers); /* a batch has a validity buffer, which is NULL */
  batch->children = calloc((size_t)columns + 1, sizeof *batch->children);
  if (!batch->buffers || !batch->children) return false;
  batch->n_children = columns;
  for (int64_t i = 0; i < columns; i++) {
    batch->children[i] = calloc(1, sizeof *batch->children[i]);
    if (!batch->children[i]) return false;
  }
  return true;
}

/* ---- copying ---- */

/* Where the rows come from: a column, and how far its row 0 is from the beginning of its buffers. */
struct source {
  const struct ArrowArray *column;
  int64_t offset;
  const struct row_selection *selection;
};

/* Copies the chosen bits of a bitmap and counts the zeros among them. NULL when there is not enough memory. */
static uint8_t *gather_bits(const uint8_t *bits, const struct source *from, int64_t *zeros) {
  int64_t bytes = (from->selection->row_count + 7) / 8;
  uint8_t *result = new_buffer(bytes);
  if (!result) return NULL;
  memset(result, 0, (size_t)bytes);
  int64_t at = 0;
  int64_t ones = 0;
  for (int64_t r = 0; r < from->selection->run_count; r++) {
    const struct row_run run = from->selection->runs[r];
    for (int64_t i = 0; i < run.count; i++, at++) {
      uint8_t bit = bit_at(bits, from->offset + run.first + i);
      result[at / 8] |= (uint8_t)(bit << (at % 8));
      ones += bit;
    }
  }
  *zeros = from->selection->row_count - ones;
  return result;
}

/* Buffer 0 of every type but the null type: bit 1 where a value is there. No buffer means that no row is null. */
static bool gather_validity(const struct source *from, struct ArrowArray *result) {
  const uint8_t *validity = from->column->buffers[0];
  result->n_buffers = 1;
  if (!validity || from->column->null_count == 0) return true;
  result->buffers[0] = gather_bits(validity, from, &result->null_count);
  return result->buffers[0] != NULL;
}

static bool gather_booleans(const struct source *from, struct ArrowArray *result) {
  int64_t false_count = 0;
  result->n_buffers = 2;
  result->buffers[1] = gather_bits(from->column->buffers[1], from, &false_count);
  return result->buffers[1] != NULL;
}

static bool gather_fixed(const struct source *from, int64_t width, struct ArrowArray *result) {
  const char *values = from->column->buffers[1];
  char *at = new_buffer(from->selection->row_count * width);
  result->n_buffers = 2;
  result->buffers[1] = at;
  if (!at) return false;
  for (int64_t r = 0; r < from->selection->run_count; r++) {
    const struct row_run run = from->selection->runs[r];
    memcpy(at, values + (from->offset + run.first) * width, (size_t)(run.count * width));
    at += run.count * width;
  }
  return true;
}

/* Value i of a text column is bytes offsets[i] to offsets[i + 1] of the text. The chosen rows are a part of rows whose
 * offsets have 32 bits, so theirs fit too. */
static bool gather_text(const struct source *from, struct ArrowArray *result) {
  const struct row_selection *selection = from->selection;
  const int32_t *offsets = from->column->buffers[1];
  const char *text = from->column->buffers[2];
  int64_t size = 0;
  for (int64_t r = 0; r < selection->run_count; r++) {
    const int32_t *run = offsets + from->offset + selection->runs[r].first;
    size += run[selection->runs[r].count] - run[0];
  }

  int32_t *new_offsets = new_buffer((selection->row_count + 1) * (int64_t)sizeof *new_offsets);
  char *new_text = new_buffer(size);
  result->n_buffers = 3;
  result->buffers[1] = new_offsets;
  result->buffers[2] = new_text;
  if (!new_offsets || !new_text) return false;

  int32_t end = 0;
  *new_offsets++ = 0;
  for (int64_t r = 0; r < selection->run_count; r++) {
    const int32_t *run = offsets + from->offset + selection->runs[r].first;
    int64_t count = selection->runs[r].count;
    int32_t shift = end - run[0];
    int32_t bytes = run[count] - run[0];
    if (bytes > 0) memcpy(new_text + end, text + run[0], (size_t)bytes);
    for (int64_t i = 1; i <= count; i++) *new_offsets++ = run[i] + shift;
    end += bytes;
  }
  return true;
}

static bool gather_column(const struct source *from, struct column_type type, struct ArrowArray *result) {
  if (!new_column(result, from->selection->row_count)) return false;
  switch (type.layout) {
    case LAYOUT_NULL: result->null_count = result->length; return true;
    case LAYOUT_BITS: return gather_validity(from, result) && gather_booleans(from, result);
    case LAYOUT_FIXED: return gather_validity(from, result) && gather_fixed(from, type.width, result);
    case LAYOUT_TEXT: return gather_validity(from, result) && gather_text(from, result);
    case LAYOUT_UNSUPPORTED: break;
  }
  return false;
}

bool gather_rows(const struct ArrowSchema *schema, const struct ArrowArray *batch,
                  const struct row_selection *selection, struct ArrowArray *result) {
  struct ArrowArray gathered;
  bool done = new_batch(&gathered, selection->row_count, schema->n_children);
  for (int64_t i = 0; done && i < schema->n_children; i++) {
    const struct ArrowArray *column = batch->children[i];
    struct source from = {column, batch->offset + column->offset, selection};
    done = gather_column(&from, column_type(schema->children[i]), gathered.children[i]);
  }
  if (!done) {
    gathered.release(&gathered);
    return false;
  }
  *result = gathered;
  return true;
}
