/* Nodes that each break one rule that `plugins check` looks for when it calls them. */
#include "arrow_helpers.h"

#include <pthread.h>
#include <unistd.h>

TAURO_PLUGIN("ill_mannered", "1.0.0");

/* Takes the first batch of a frame; the schema and the stream are released. */
static int32_t first_batch(const tauro_call *call, const tauro_frame *frame, struct ArrowArray *batch) {
  struct ArrowArrayStream stream;
  int32_t status = tauro_frame_stream(call, frame, &stream);
  if (status != TAURO_OK) return status;
  if (stream.get_next(&stream, batch) != 0) status = tauro_fail(call, TAURO_E_IO, "%s", stream.get_last_error(&stream));
  stream.release(&stream);
  return status;
}

/* The whole numbers of the first column of the first batch; NULL without any. */
static const int64_t *numbers(const struct ArrowArray *batch) {
  return batch->n_children && batch->length ? batch->children[0]->buffers[1] : NULL;
}

static void release(struct ArrowArray *batch) {
  if (batch->release) batch->release(batch);
}

TAURO_NODE(reads_beyond, "ill.reads_beyond", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK || !batch.release) return status;
  const int64_t *ids = numbers(&batch);
  if (ids) tauro_metric(call, "one too many", (double)ids[batch.children[0]->offset + batch.length]);
  release(&batch);
  return TAURO_OK;
}

TAURO_NODE(writes, "ill.writes", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK || !batch.release) return status;
  int64_t *ids = (int64_t *)numbers(&batch);
  if (ids) ids[batch.children[0]->offset] += 1;
  release(&batch);
  return TAURO_OK;
}

TAURO_NODE(releases_twice, "ill.releases_twice", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK || !batch.release) return status;
  struct ArrowArray moved = batch;
  void (*again)(struct ArrowArray *) = batch.release;
  batch.release(&batch);
  /* Only where somebody watches: without, this is the end. */
  if (batch.private_data) again(&moved);
  return TAURO_OK;
}

TAURO_NODE(never_releases, "ill.never_releases", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  return first_batch(call, table, &batch);
}

TAURO_NODE(uses_released, "ill.uses_released", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK || !batch.release) return status;
  const volatile int64_t *ids = numbers(&batch);
  int64_t offset = batch.n_children ? batch.children[0]->offset : 0;
  release(&batch);
  if (ids) tauro_metric(call, "too late", (double)ids[offset]);
  return TAURO_OK;
}

/* Marks nothing when it is released. */
static void release_without_mark(struct ArrowArray *array) {
  void (*full)(struct ArrowArray *) = release_array;
  struct ArrowArray copy = *array;
  full(&copy);
}

static int32_t emit_numbers(tauro_output *out, const char *format, void (*spoil)(struct ArrowArray *)) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  make_schema(&schema, "id", format);
  make_array(&batch, 0, 3);
  if (spoil) spoil(&batch);
  return tauro_emit_batch(out, &schema, &batch);
}

static void forget_mark(struct ArrowArray *batch) { batch->release = release_without_mark; }

TAURO_NODE(keeps_mark, "ill.keeps_mark") {
  (void)call;
  return emit_numbers(out, "l", forget_mark);
}

TAURO_NODE(wrong_schema, "ill.wrong_schema") {
  (void)call;
  return emit_numbers(out, "u", NULL);
}

static atomic_int calls_of_changing;

TAURO_NODE(changing_schema, "ill.changing_schema") {
  (void)call;
  return emit_numbers(out, atomic_fetch_add(&calls_of_changing, 1) % 2 ? "l" : "L", NULL);
}

/* A batch of one text column whose offsets or bytes are as given. */
static int32_t emit_text(tauro_output *out, int32_t middle, char byte) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  make_schema(&schema, "name", "u");
  make_array(&batch, 0, 2);
  struct ArrowArray *column = batch.children[0];
  free((void *)column->buffers[1]);
  free(column->buffers);
  column->n_buffers = 3;
  column->buffers = calloc(3, sizeof *column->buffers);
  int32_t *offsets = malloc(3 * sizeof *offsets);
  offsets[0] = 0, offsets[1] = middle, offsets[2] = 2;
  char *text = malloc(2);
  text[0] = 'a', text[1] = byte;
  column->buffers[1] = offsets;
  column->buffers[2] = text;
  return tauro_emit_batch(out, &schema, &batch);
}

TAURO_NODE(wrong_offsets, "ill.wrong_offsets") {
  (void)call;
  return emit_text(out, 9, 'b');
}

TAURO_NODE(wrong_text, "ill.wrong_text") {
  (void)call;
  return emit_text(out, 1, (char)0xFF);
}

TAURO_NODE(ignores_stop, "ill.ignores_stop", TAURO_RETURNS(nothing), TAURO_I64(milliseconds, 4000)) {
  (void)call;
  for (int64_t i = 0; i < milliseconds && i < 4000; i++) usleep(1000);
  return TAURO_OK;
}

TAURO_NODE(never_ends, "ill.never_ends", TAURO_RETURNS(nothing)) {
  (void)call;
  for (;;) pause();
}

TAURO_NODE(needs_rows, "ill.needs_rows", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK) return status;
  int64_t rows = batch.release ? batch.length : 0;
  release(&batch);
  if (rows == 0) *(volatile int *)8 = 1;
  return TAURO_OK;
}

TAURO_NODE(needs_values, "ill.needs_values", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArray batch = {0};
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK || !batch.release) return status;
  bool all_null = batch.length > 1 && batch.n_children && batch.children[0]->null_count == batch.length;
  release(&batch);
  if (all_null) abort();
  return TAURO_OK;
}

TAURO_NODE(needs_dates, "ill.needs_dates", TAURO_RETURNS(nothing)) {
  (void)call;
  return start_date[0] == 'x' ? tauro_fail(call, TAURO_E_INVALID, "start_date is %s", start_date) : TAURO_OK;
}

TAURO_NODE(needs_columns, "ill.needs_columns", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowSchema schema;
  int32_t status = tauro_frame_schema(call, table, &schema);
  if (status != TAURO_OK) return status;
  /* Reads a column that may not be there. */
  bool is_wrong = schema.n_children == 0;
  schema.release(&schema);
  if (is_wrong) *(volatile int *)8 = 1;
  return TAURO_OK;
}

TAURO_NODE(needs_ml, "ill.needs_ml", TAURO_RETURNS(nothing), TAURO_ML) {
  (void)call;
  return ml->struct_size ? TAURO_OK : tauro_fail(call, TAURO_E_INVALID, "no context");
}

TAURO_NODE(divides, "ill.divides", TAURO_RETURNS(nothing), TAURO_I64(by, 1)) {
  (void)call;
  return 7 / by == 100 ? tauro_fail(call, TAURO_E_INVALID, "by is %lld", (long long)by) : TAURO_OK;
}

TAURO_NODE(says_nothing, "ill.says_nothing", TAURO_RETURNS(nothing)) {
  (void)call;
  return TAURO_E_IO;
}

TAURO_NODE(unknown_status, "ill.unknown_status", TAURO_RETURNS(nothing)) {
  (void)call;
  return 99;
}

TAURO_NODE(vague, "ill.vague", TAURO_RETURNS(nothing), TAURO_I64(limit, 1)) {
  return limit < 0 ? tauro_fail(call, TAURO_E_INVALID, "something is wrong") : TAURO_OK;
}

/* Reads its input without asking whether that went well. */
TAURO_NODE(hides_failure, "ill.hides_failure", TAURO_RETURNS(nothing), TAURO_FRAME(table)) {
  struct ArrowArrayStream stream;
  int32_t status = tauro_frame_stream(call, table, &stream);
  if (status != TAURO_OK) return status;
  struct ArrowArray batch = {0};
  while (stream.get_next(&stream, &batch) == 0 && batch.release) release(&batch);
  stream.release(&stream);
  return TAURO_OK;
}

/* Counts the valid rows of the first column, as if no column began behind an offset. */
TAURO_NODE(forgets_offset, "ill.forgets_offset", TAURO_FRAME(table)) {
  struct ArrowArray batch = {0}, result;
  struct ArrowSchema schema;
  int32_t status = first_batch(call, table, &batch);
  if (status != TAURO_OK) return status;
  const int64_t *ids = batch.release ? numbers(&batch) : NULL;
  make_schema(&schema, "first", "l");
  make_array(&result, ids ? ids[0] : 0, 1);
  if (batch.release) release(&batch);
  return tauro_emit_batch(out, &schema, &result);
}

TAURO_NODE(leaks_memory, "ill.leaks_memory", TAURO_RETURNS(nothing)) {
  (void)call;
  char *lost = malloc(100000);
  memset(lost, 1, 100000);
  __asm__ volatile("" : : "r"(lost) : "memory");
  return TAURO_OK;
}

TAURO_NODE(leaks_files, "ill.leaks_files", TAURO_RETURNS(nothing)) {
  (void)call;
  return dup(1) < 0 ? tauro_fail(call, TAURO_E_IO, "no descriptor") : TAURO_OK;
}

static void *wait_for_ever(void *data) {
  (void)data;
  for (;;) pause();
}

TAURO_NODE(leaks_threads, "ill.leaks_threads", TAURO_RETURNS(nothing)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, wait_for_ever, NULL) != 0) return tauro_fail(call, TAURO_E_OOM, "no thread");
  return TAURO_OK;
}

static void *tell_late(void *call) {
  usleep(50000);
  tauro_log(call, TAURO_LOG_INFO, "am I late?");
  return NULL;
}

TAURO_NODE(tells_late, "ill.tells_late", TAURO_RETURNS(nothing)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, tell_late, (void *)call) != 0) return tauro_fail(call, TAURO_E_OOM, "no thread");
  pthread_detach(thread);
  /* Elsewhere the call would be gone. */
  return TAURO_OK;
}

static int in_use;

TAURO_NODE(shares_state, "ill.shares_state", TAURO_RETURNS(nothing)) {
  if (__atomic_fetch_add(&in_use, 1, __ATOMIC_SEQ_CST) > 0) {
    __atomic_fetch_sub(&in_use, 1, __ATOMIC_SEQ_CST);
    return tauro_fail(call, TAURO_E_INTERNAL, "in use");
  }
  usleep(20000);
  __atomic_fetch_sub(&in_use, 1, __ATOMIC_SEQ_CST);
  return TAURO_OK;
}

TAURO_NODE(by_chance, "ill.by_chance") {
  static atomic_int calls;
  struct ArrowSchema schema;
  struct ArrowArray batch;
  make_schema(&schema, "id", "l");
  make_array(&batch, atomic_fetch_add(&calls, 1), 1);
  (void)call;
  return tauro_emit_batch(out, &schema, &batch);
}
