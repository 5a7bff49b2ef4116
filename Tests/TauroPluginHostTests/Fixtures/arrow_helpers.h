/* Arrow structures of one int64 column "id", which count how many of them are alive. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <tauro/tauro.h>

/* Structures that were filled in and not yet released; the tests read it. */
__attribute__((visibility("default"))) atomic_int live_structures;

static void release_schema(struct ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    free(schema->children[i]);
  }
  free(schema->children);
  free((void *)schema->format);
  free((void *)schema->name);
  schema->release = NULL;
  atomic_fetch_sub(&live_structures, 1);
}

static void fill_schema(struct ArrowSchema *schema, const char *format, const char *name) {
  memset(schema, 0, sizeof *schema);
  schema->format = strdup(format);
  schema->name = strdup(name);
  schema->flags = ARROW_FLAG_NULLABLE;
  schema->release = release_schema;
  atomic_fetch_add(&live_structures, 1);
}

static void make_schema(struct ArrowSchema *schema, const char *column, const char *format) {
  fill_schema(schema, "+s", "");
  schema->n_children = 1;
  schema->children = malloc(sizeof *schema->children);
  schema->children[0] = malloc(sizeof **schema->children);
  fill_schema(schema->children[0], format, column);
}

static void release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; i++) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  free(array->children);
  for (int64_t i = 0; i < array->n_buffers; i++) free((void *)array->buffers[i]);
  free(array->buffers);
  array->release = NULL;
  atomic_fetch_sub(&live_structures, 1);
}

static void fill_array(struct ArrowArray *array, int64_t length, int64_t buffers) {
  memset(array, 0, sizeof *array);
  array->length = length;
  array->n_buffers = buffers;
  array->buffers = calloc((size_t)buffers, sizeof *array->buffers);
  array->release = release_array;
  atomic_fetch_add(&live_structures, 1);
}

static void make_array(struct ArrowArray *array, int64_t first, int64_t count) {
  fill_array(array, count, 1);
  array->n_children = 1;
  array->children = malloc(sizeof *array->children);
  array->children[0] = malloc(sizeof **array->children);
  fill_array(array->children[0], count, 2);
  int64_t *values = malloc((size_t)(count ? count : 1) * sizeof *values);
  for (int64_t i = 0; i < count; i++) values[i] = first + i;
  array->children[0]->buffers[1] = values;
}

/* A stream of `batches` batches of two rows; with `fails`, an error comes after them. */
struct counted_stream {
  int64_t next, batches;
  bool fails;
};

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema) {
  (void)stream;
  make_schema(schema, "id", "l");
  return 0;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *array) {
  struct counted_stream *state = stream->private_data;
  memset(array, 0, sizeof *array);
  if (state->next < state->batches) {
    make_array(array, 2 * state->next++, 2);
    return 0;
  }
  return state->fails ? 5 : 0;
}

static const char *stream_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "the disk is on fire";
}

static void release_stream(struct ArrowArrayStream *stream) {
  free(stream->private_data);
  stream->release = NULL;
  atomic_fetch_sub(&live_structures, 1);
}

static void make_stream(struct ArrowArrayStream *stream, int64_t batches, bool fails) {
  struct counted_stream *state = malloc(sizeof *state);
  *state = (struct counted_stream){0, batches, fails};
  *stream = (struct ArrowArrayStream){stream_schema, stream_next, stream_error, release_stream, state};
  atomic_fetch_add(&live_structures, 1);
}
