/* Random Arrow columns for tests, and a plain reading of any cell to compare with.
 *
 * Every buffer is exactly as long as it must be, so that AddressSanitizer sees a read beside it; `live_structures` counts
 * what has not been released.
 */
#ifndef TEST_COLUMNS_H
#define TEST_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include <tauro/arrow.h>

struct column_kind {
  const char *name;
  const char *format;
  int64_t width; /* bytes a value; 0: bits, text or null */
};

/* The delays first, as int64 and double, then one column for every layout. */
extern const struct column_kind column_kinds[];
extern const int64_t column_kind_count;

extern int64_t live_structures;

void seed_random(uint64_t seed);
/* 0 to bound - 1. */
int64_t random_below(int64_t bound);

void make_schema(struct ArrowSchema *schema);
/* A batch of that many rows; the batch and each column begin at random offsets. */
void make_batch(struct ArrowArray *batch, int64_t rows);

enum { CELL_SIZE = 128 };
/* Writes what stands in a row of a column: "null", or the bytes in hex. */
void read_cell(const struct ArrowArray *batch, int64_t column, int64_t row, char cell[CELL_SIZE]);
/* The value of a delay column; false where it is null. */
bool read_delay(const struct ArrowArray *batch, int64_t column, int64_t row, double *value);

#endif
