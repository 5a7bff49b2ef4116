/* Tests of gather.h and of the node flights.silver.clean_flights, without a host: `clean_flights_test [SEED] [ROUNDS]`.
 * Built by scripts/check-c-nodes.
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "../../Plugins/Flights/C/gather.h"
#include "columns.h"
#include "fake_host.h"

int32_t flights_clean_flights(const tauro_call *call, const tauro_frame *flights, const char *start_date,
                              const char *end_date, double max_delay, tauro_output *out);

static int64_t checks_passed = 0;
static uint64_t seed;

static void check(bool holds, const char *condition, int line) {
  if (!holds) {
    fprintf(stderr, "%s:%d: not so: %s (seed %llu)\n", __FILE__, line, condition, (unsigned long long)seed);
    exit(1);
  }
  checks_passed++;
}

#define CHECK(condition) check(condition, #condition, __LINE__)

/* ---- allocations that fail ---- */

static int64_t allocations_left = -1; /* before one fails; -1: none fails */

static bool allocation_fails(void) { return allocations_left >= 0 && allocations_left-- == 0; }

/* The plugin's files are compiled to call these instead of calloc, realloc and aligned_alloc. */
void *test_calloc(size_t count, size_t size);
void *test_calloc(size_t count, size_t size) { return allocation_fails() ? NULL : calloc(count, size); }

void *test_realloc(void *memory, size_t size);
void *test_realloc(void *memory, size_t size) { return allocation_fails() ? NULL : realloc(memory, size); }

void *test_aligned_alloc(size_t alignment, size_t size);
void *test_aligned_alloc(size_t alignment, size_t size) {
  return allocation_fails() ? NULL : aligned_alloc(alignment, size);
}

/* ---- comparing ---- */

static void check_same_row(const struct ArrowArray *expected, int64_t expected_row, const struct ArrowArray *found,
                           int64_t found_row) {
  char left[CELL_SIZE];
  char right[CELL_SIZE];
  for (int64_t column = 0; column < column_kind_count; column++) {
    read_cell(expected, column, expected_row, left);
    read_cell(found, column, found_row, right);
    CHECK(strcmp(left, right) == 0);
  }
}

static void check_null_counts(const struct ArrowArray *batch) {
  char cell[CELL_SIZE];
  for (int64_t column = 0; column < column_kind_count; column++) {
    int64_t nulls = 0;
    for (int64_t row = 0; row < batch->length; row++) {
      read_cell(batch, column, row, cell);
      nulls += strcmp(cell, "null") == 0;
    }
    CHECK(batch->children[column]->null_count == nulls);
  }
}

/* ---- gather_rows ---- */

static void choose_randomly(int64_t rows, struct row_selection *selection) {
  int64_t density = random_below(4); /* none, few, half, most */
  selection->run_count = selection->row_count = 0;
  for (int64_t row = 0, last = -2; row < rows; row++) {
    if (random_below(4) >= density) continue;
    if (row != last + 1) selection->runs[selection->run_count++] = (struct row_run){row, 0};
    selection->runs[selection->run_count - 1].count++;
    selection->row_count++;
    last = row;
  }
}

static void test_gather(int64_t rows) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  struct ArrowArray gathered;
  struct row_selection selection = {.runs = malloc((size_t)(rows + 1) * sizeof(struct row_run))};
  make_schema(&schema);
  make_batch(&batch, rows);
  choose_randomly(rows, &selection);
  CHECK(gather_unsupported_column(&schema) == -1);
  CHECK(gather_rows(&schema, &batch, &selection, &gathered));
  CHECK(gathered.length == selection.row_count);
  int64_t found = 0;
  for (int64_t r = 0; r < selection.run_count; r++) {
    for (int64_t i = 0; i < selection.runs[r].count; i++) {
      check_same_row(&batch, selection.runs[r].first + i, &gathered, found++);
    }
  }
  check_null_counts(&gathered);
  batch.release(&batch); /* what was gathered stands alone, and a column may leave its batch */
  struct ArrowArray moved = *gathered.children[0];
  gathered.children[0]->release = NULL;
  gathered.release(&gathered);
  moved.release(&moved);
  schema.release(&schema);
  free(selection.runs);
}

/* ---- the node ---- */

static void make_frame(tauro_frame *frame) {
  *frame = (tauro_frame){.batch_count = random_below(5)};
  for (int64_t i = 0; i < frame->batch_count; i++) {
    make_batch(&frame->batches[i], random_below(4) == 0 ? 0 : random_below(200));
  }
}

/* Batches whose delays are all there, so that some rows of each stay. */
static void make_full_frame(tauro_frame *frame, int64_t batches) {
  *frame = (tauro_frame){.batch_count = batches};
  for (int64_t i = 0; i < batches; i++) {
    make_batch(&frame->batches[i], 500);
    for (int column = 0; column < 2; column++) {
      free((void *)frame->batches[i].children[column]->buffers[0]);
      frame->batches[i].children[column]->buffers[0] = NULL;
      frame->batches[i].children[column]->null_count = 0;
    }
  }
}

static void release_frame(tauro_frame *frame) {
  for (int64_t i = 0; i < frame->batch_count; i++) frame->batches[i].release(&frame->batches[i]);
}

static int32_t run_node(struct fake_host *host, const tauro_frame *frame, double max_delay) {
  return flights_clean_flights(&host->call, frame, NULL, NULL, max_delay, &host->out);
}

static bool should_stay(const struct ArrowArray *batch, int64_t row, double max_delay) {
  double departure = 0;
  double arrival = 0;
  if (!read_delay(batch, 0, row, &departure) || !read_delay(batch, 1, row, &arrival)) return false;
  return departure <= max_delay && arrival <= max_delay;
}

static void test_node(double max_delay) {
  tauro_frame frame;
  struct fake_host host;
  make_frame(&frame);
  start_fake_host(&host);
  CHECK(run_node(&host, &frame, max_delay) == TAURO_OK);
  CHECK(host.has_schema);
  int64_t batch = 0;
  int64_t row = 0;
  int64_t dropped = 0;
  for (int64_t i = 0; i < frame.batch_count; i++) {
    for (int64_t r = 0; r < frame.batches[i].length; r++) {
      if (!should_stay(&frame.batches[i], r, max_delay)) {
        dropped++;
        continue;
      }
      CHECK(batch < host.emitted_count);
      check_same_row(&frame.batches[i], r, &host.emitted[batch], row);
      if (++row == host.emitted[batch].length) batch++, row = 0;
    }
  }
  CHECK(batch == host.emitted_count && host.dropped_rows == (double)dropped);
  stop_fake_host(&host);
  release_frame(&frame);
}

/* Every other row stays: as many runs as a batch can have. */
static void test_most_runs(void) {
  tauro_frame frame;
  struct fake_host host;
  make_full_frame(&frame, 1);
  struct ArrowArray *batch = &frame.batches[0];
  batch->length = 499;
  for (int64_t row = 0; row < batch->length; row++) {
    int64_t at = batch->offset + row;
    ((int64_t *)batch->children[0]->buffers[1])[batch->children[0]->offset + at] = row % 2 == 0 ? 0 : 9999;
    ((double *)batch->children[1]->buffers[1])[batch->children[1]->offset + at] = 0;
  }
  start_fake_host(&host);
  CHECK(run_node(&host, &frame, 600) == TAURO_OK);
  CHECK(host.emitted_count == 1 && host.emitted[0].length == 250 && host.dropped_rows == 249);
  for (int64_t row = 0; row < 250; row++) check_same_row(batch, 2 * row, &host.emitted[0], row);
  stop_fake_host(&host);
  release_frame(&frame);
}

/* Runs the node on a frame of three batches, with one thing gone wrong that `break_it` arranges. */
static void test_failure(void (*break_it)(struct fake_host *, tauro_frame *), int32_t status, const char *text) {
  tauro_frame frame;
  struct fake_host host;
  make_full_frame(&frame, 3);
  start_fake_host(&host);
  break_it(&host, &frame);
  CHECK(run_node(&host, &frame, 600) == status);
  CHECK(strstr(host.text, text) != NULL);
  CHECK(host.dropped_rows == -1);
  stop_fake_host(&host);
  release_frame(&frame);
  CHECK(live_structures == 0);
}

static void lose_column(struct fake_host *host, tauro_frame *frame) {
  (void)host;
  frame->rename_from = "arr_delay";
  frame->rename_to = "late";
}
static void retype_delay(struct fake_host *host, tauro_frame *frame) {
  (void)host;
  frame->rename_from = "dep_delay";
  frame->retype_to = "u";
}
static void retype_other(struct fake_host *host, tauro_frame *frame) {
  (void)host;
  frame->rename_from = "carrier";
  frame->retype_to = "+l";
}
static void break_schema(struct fake_host *host, tauro_frame *frame) { (void)frame, host->schemas_left = 2; }
static void break_stream(struct fake_host *host, tauro_frame *frame) { (void)frame, host->batches_left = 1; }
static void break_emit(struct fake_host *host, tauro_frame *frame) { (void)frame, host->emits_left = 2; }
static void break_first_emit(struct fake_host *host, tauro_frame *frame) { (void)frame, host->emits_left = 0; }
static void cancel_it(struct fake_host *host, tauro_frame *frame) { (void)frame, host->polls_left = 2; }

/* These two let each allocation of the plugin fail in turn, until it gets by. */
static void test_gather_without_memory(void) {
  for (int64_t failing = 0;; failing++) {
    struct ArrowSchema schema;
    struct ArrowArray batch;
    struct ArrowArray gathered;
    struct row_run run = {1, 8};
    struct row_selection selection = {&run, 1, 8};
    make_schema(&schema);
    make_batch(&batch, 10);
    allocations_left = failing;
    bool done = gather_rows(&schema, &batch, &selection, &gathered);
    allocations_left = -1;
    if (done) gathered.release(&gathered);
    batch.release(&batch);
    schema.release(&schema);
    CHECK(live_structures == 0);
    if (done) return;
  }
}

static void test_node_without_memory(void) {
  int64_t failures = 0;
  for (int64_t failing = 0;; failing++) {
    tauro_frame frame;
    struct fake_host host;
    make_full_frame(&frame, 1);
    start_fake_host(&host);
    allocations_left = failing;
    int32_t status = run_node(&host, &frame, 600);
    allocations_left = -1;
    CHECK(status == TAURO_OK || (status == TAURO_E_OOM && strstr(host.text, "no memory") != NULL));
    failures += status != TAURO_OK;
    stop_fake_host(&host);
    release_frame(&frame);
    CHECK(live_structures == 0);
    if (status == TAURO_OK) break;
  }
  CHECK(failures > 0);
}

int main(int count, char **arguments) {
  seed = count > 1 ? strtoull(arguments[1], NULL, 10) : (uint64_t)time(NULL);
  int64_t rounds = count > 2 ? strtoll(arguments[2], NULL, 10) : 300;
  seed_random(seed);
  for (int64_t round = 0; round < rounds; round++) {
    test_gather(round < 20 ? round : random_below(300));
    test_node(round % 7 == 0 ? INFINITY : round % 5 == 0 ? -100 : 600);
    CHECK(live_structures == 0);
  }
  test_most_runs();
  test_failure(lose_column, TAURO_E_SCHEMA, "'arr_delay' is not in the input");
  test_failure(retype_delay, TAURO_E_SCHEMA, "'dep_delay' has the Arrow type 'u'");
  test_failure(retype_other, TAURO_E_UNSUPPORTED, "'carrier' has the Arrow type '+l'");
  test_failure(break_schema, TAURO_E_IO, "");
  test_failure(break_stream, TAURO_E_IO, "the disk is gone");
  test_failure(break_emit, TAURO_E_IO, "");
  test_failure(break_first_emit, TAURO_E_IO, "");
  test_failure(cancel_it, TAURO_E_CANCELLED, "stopped after 1000 rows");
  test_gather_without_memory();
  test_node_without_memory();
  printf("C nodes: %lld checks passed (seed %llu)\n", (long long)checks_passed, (unsigned long long)seed);
  return 0;
}
