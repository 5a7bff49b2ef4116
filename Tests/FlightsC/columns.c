/* See columns.h. */
#include "columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct column_kind column_kinds[] = {
    {"dep_delay", "l", 8}, {"arr_delay", "g", 8},  {"byte", "c", 1},      {"short", "S", 2},         {"int", "i", 4},
    {"float", "f", 4},     {"flight_date", "tdD", 4}, {"time_hour", "tsu:UTC", 8}, {"naive", "tsn:", 8},
    {"time", "ttu", 8},    {"decimal", "d:18,2", 16}, {"decimal32", "d:9,2,32", 4}, {"interval", "tin", 16},
    {"fixed", "w:3", 3},   {"flag", "b", 0},       {"carrier", "u", 0},   {"payload", "z", 0},       {"nothing", "n", 0},
};
const int64_t column_kind_count = sizeof column_kinds / sizeof column_kinds[0];

int64_t live_structures = 0;

/* splitmix64: small, and the same everywhere. */
static uint64_t random_state;
void seed_random(uint64_t seed) { random_state = seed; }
static uint64_t random_word(void) {
  uint64_t z = (random_state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}
int64_t random_below(int64_t bound) { return (int64_t)(random_word() % (uint64_t)bound); }

/* ---- schema ---- */

static void release_schema(struct ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    free(schema->children[i]);
  }
  free(schema->children);
  schema->release = NULL;
  live_structures--;
}

void make_schema(struct ArrowSchema *schema) {
  *schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = column_kind_count, .release = release_schema};
  schema->children = calloc((size_t)column_kind_count, sizeof *schema->children);
  live_structures++;
  for (int64_t i = 0; i < column_kind_count; i++) {
    schema->children[i] = malloc(sizeof **schema->children);
    *schema->children[i] = (struct ArrowSchema){.format = column_kinds[i].format, .name = column_kinds[i].name,
                                                .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
    live_structures++;
  }
}

/* ---- batches ---- */

static void release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_buffers; i++) free((void *)array->buffers[i]);
  for (int64_t i = 0; i < array->n_children; i++) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  free(array->buffers);
  free(array->children);
  array->release = NULL;
  live_structures--;
}

static void *random_bytes(int64_t size) {
  uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1);
  for (int64_t i = 0; i < size; i++) bytes[i] = (uint8_t)random_word();
  return bytes;
}

/* Delays from -60 to 900, so that both sides of the limit are met. */
static void *random_delays(int64_t count, bool doubles) {
  int64_t *values = malloc((size_t)(count > 0 ? count : 1) * sizeof *values);
  for (int64_t i = 0; i < count; i++) {
    values[i] = random_below(20) == 0 ? 600 : random_below(960) - 60;
    double value = random_below(50) == 0 ? (double)INFINITY : (double)values[i];
    if (doubles) memcpy(&values[i], &value, sizeof value);
  }
  return values;
}

static void add_text(struct ArrowArray *column, int64_t physical) {
  int32_t *offsets = malloc((size_t)(physical + 1) * sizeof *offsets);
  offsets[0] = (int32_t)random_below(3); /* text need not begin at 0 */
  for (int64_t i = 0; i < physical; i++) offsets[i + 1] = offsets[i] + (int32_t)random_below(12);
  column->n_buffers = 3;
  column->buffers[1] = offsets;
  column->buffers[2] = random_bytes(offsets[physical]);
}

/* No null, with a bitmap and without; some; all. */
static void add_validity(struct ArrowArray *column, int64_t physical) {
  int64_t way = random_below(5);
  column->n_buffers = 1;
  column->null_count = way == 0 ? 0 : -1; /* -1: not counted */
  if (way == 0) return;
  uint8_t *bits = random_bytes((physical + 7) / 8);
  if (way == 1) memset(bits, 0xff, (size_t)((physical + 7) / 8));
  if (way == 2) memset(bits, 0, (size_t)((physical + 7) / 8));
  column->buffers[0] = bits;
}

static void make_column(struct ArrowArray *column, const struct column_kind *kind, int64_t rows) {
  int64_t offset = random_below(20);
  int64_t physical = offset + rows;
  *column = (struct ArrowArray){.length = rows, .offset = offset, .release = release_array};
  live_structures++;
  column->buffers = calloc(3, sizeof *column->buffers);
  if (strcmp(kind->format, "n") == 0) return;
  add_validity(column, physical);
  if (kind->format[0] == 'u' || kind->format[0] == 'z') {
    add_text(column, physical);
    return;
  }
  column->n_buffers = 2;
  bool is_delay = strstr(kind->name, "_delay") != NULL;
  int64_t size = kind->width > 0 ? physical * kind->width : (physical + 7) / 8;
  column->buffers[1] = is_delay ? random_delays(physical, kind->format[0] == 'g') : random_bytes(size);
}

void make_batch(struct ArrowArray *batch, int64_t rows) {
  int64_t offset = random_below(10);
  *batch = (struct ArrowArray){.length = rows, .offset = offset, .n_buffers = 1, .n_children = column_kind_count,
                               .release = release_array};
  live_structures++;
  batch->buffers = calloc(1, sizeof *batch->buffers);
  batch->children = calloc((size_t)column_kind_count, sizeof *batch->children);
  for (int64_t i = 0; i < column_kind_count; i++) {
    batch->children[i] = malloc(sizeof **batch->children);
    make_column(batch->children[i], &column_kinds[i], offset + rows);
  }
}

/* ---- reading ---- */

static bool is_set(const void *bits, int64_t index) { return ((const uint8_t *)bits)[index >> 3] & (1 << (index & 7)); }

void read_cell(const struct ArrowArray *batch, int64_t index, int64_t row, char cell[CELL_SIZE]) {
  const struct ArrowArray *column = batch->children[index];
  const struct column_kind *kind = &column_kinds[index];
  int64_t at = batch->offset + column->offset + row;
  strcpy(cell, "null");
  if (strcmp(kind->format, "n") == 0 || (column->buffers[0] && !is_set(column->buffers[0], at))) return;
  if (strcmp(kind->format, "b") == 0) {
    strcpy(cell, is_set(column->buffers[1], at) ? "true" : "false");
    return;
  }
  const uint8_t *bytes = column->buffers[1];
  int64_t from = at * kind->width;
  int64_t to = from + kind->width;
  if (kind->width == 0) {
    const int32_t *offsets = column->buffers[1];
    bytes = column->buffers[2];
    from = offsets[at];
    to = offsets[at + 1];
  }
  cell += sprintf(cell, "%d:", (int)(to - from));
  for (int64_t i = from; i < to; i++) cell += sprintf(cell, "%02x", bytes[i]);
}

bool read_delay(const struct ArrowArray *batch, int64_t index, int64_t row, double *value) {
  const struct ArrowArray *column = batch->children[index];
  int64_t at = batch->offset + column->offset + row;
  if (column->buffers[0] && !is_set(column->buffers[0], at)) return false;
  *value = column_kinds[index].format[0] == 'g' ? ((const double *)column->buffers[1])[at]
                                                : (double)((const int64_t *)column->buffers[1])[at];
  return true;
}
