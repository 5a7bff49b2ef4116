/* The Arrow C data interface and C stream interface, as published at
 * https://arrow.apache.org/docs/format/CDataInterface.html and CStreamInterface.html.
 *
 * The structures are fixed by those pages; the guards are the ones they prescribe, so this header can stand beside any
 * other Arrow library's. Ownership, everywhere in tauro: who fills a structure sets `release`; who takes it over copies
 * the structure and sets the source's `release` to NULL; who is done calls `release` exactly once.
 */
#ifndef TAURO_ARROW_H
#define TAURO_ARROW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/* A type: of one column, or (format "+s") of a table whose columns are the children. */
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

/* Values of one column, or (struct layout) one record batch. Buffers are immutable. */
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/* Record batches pulled one at a time by one thread at a time. The callbacks return 0 or an errno value;
 * `get_last_error` is valid until the next call. A batch with `release` NULL marks the end. */
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif

#ifdef __cplusplus
}
#endif

#endif
