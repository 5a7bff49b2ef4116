/* Gathering: copying chosen rows of an Arrow record batch into a new batch, whatever the types of its columns.
 *
 * An Arrow column is a few flat buffers (validity bits, values, offsets into text). A slice of a column shares them and
 * says by `offset` where it begins, so every access here adds the offsets up first. The layout is told at
 * https://arrow.apache.org/docs/format/Columnar.html.
 */
#ifndef FLIGHTS_GATHER_H
#define FLIGHTS_GATHER_H

#include <stdbool.h>
#include <stdint.h>

#include <tauro/arrow.h>

/* Hidden from the dynamic linker: a plugin shows its nodes and nothing else, so that no other library's function of the
 * same name can take the place of one of these. */
#pragma GCC visibility push(hidden)

/* Rows `first` to `first + count - 1`. */
struct row_run {
  int64_t first;
  int64_t count;
};

/* Chosen rows of a batch: runs in ascending order that do not touch. Runs rather than single rows, because what is
 * dropped is rare, and one run is one memcpy a column. */
struct row_selection {
  struct row_run *runs;
  int64_t run_count;
  int64_t row_count; /* sum of the runs' counts */
};

/* The first column of `schema` that gather_rows can not copy, or -1. It copies what has a fixed width (numbers, dates,
 * times, timestamps, intervals, decimals), booleans, text and binary with 32-bit offsets, and the null type. */
int64_t gather_unsupported_column(const struct ArrowSchema *schema);

/* Copies the chosen rows of `batch` into `result`, which the caller then owns and releases. Nothing in it points into
 * `batch`. All columns must be supported. Returns false, and leaves `result` alone, when there is not enough memory.
 * Any thread. */
bool gather_rows(const struct ArrowSchema *schema, const struct ArrowArray *batch,
                  const struct row_selection *selection, struct ArrowArray *result);

/* Bit `index` of a bitmap; Arrow counts bits from the least significant one of each byte. */
static inline bool bit_at(const uint8_t *bits, int64_t index) { return (bits[index / 8] >> (index % 8)) & 1; }

#pragma GCC visibility pop

#endif
