/* The C face of a small library over Arrow's C++ library, for the file formats that Arrow reads and writes: Apache ORC,
 * and Arrow's own IPC files (Feather version 2) and streams.
 *
 * scripts/setup builds it; the host loads it on first use and declares these functions once more (ArrowLibrary.swift), so
 * whoever changes one here raises TAURO_ARROW_VERSION.
 *
 * Every function returns NULL, or a text that says which file could not be read or written and why, which the caller
 * frees with tauro_arrow_free. No C++ exception leaves the library. All are safe from any thread; a stream is for one
 * thread at a time. Paths are NUL-terminated bytes; structures are those of Arrow's C interfaces.
 */
#ifndef TAURO_ARROW_FORMATS_H
#define TAURO_ARROW_FORMATS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowSchema;
struct ArrowArrayStream;

#define TAURO_ARROW_VERSION 1

/* The formats. An IPC file that is read may be a stream too. */
#define TAURO_ARROW_ORC 1
#define TAURO_ARROW_IPC 2

/* TAURO_ARROW_VERSION of the library. */
int32_t tauro_arrow_version(void);

/* The release of Arrow's library, for example 26.0.1; a text of the library's own. */
const char *tauro_arrow_release(void);

/* Frees a text; NULL is fine. */
void tauro_arrow_free(char *text);

/* The columns of a file, from its head or foot alone. `schema` is the caller's to release afterwards, unless a text is
 * returned. Dictionaries and extensions of columns are left out: a column has the type of its plain values. */
char *tauro_arrow_schema(int32_t format, const char *path, struct ArrowSchema *schema);

/* Some columns of a file, which are given by their places, ascending; batches of at most `batch_rows` rows, read when they
 * are asked for and checked in full. With no column, batches have a length alone, which costs no more than the file's foot
 * where that says it. `stream` is the caller's to release afterwards, unless a text is returned. */
char *tauro_arrow_open(int32_t format, const char *path, const int32_t *columns, int64_t column_count, int64_t batch_rows,
                       struct ArrowArrayStream *stream);

/* Writes all of a stream to a new file. The stream is released in any case. `compression` is uncompressed, zlib, snappy,
 * lz4 or zstd, as far as the format has it; `stripe_bytes` is ORC's size of a stripe, 0 for its own choice. After a failure
 * the file may exist in part. */
char *tauro_arrow_write(int32_t format, const char *path, struct ArrowArrayStream *stream, const char *compression,
                        int64_t stripe_bytes, int64_t *rows);

#ifdef __cplusplus
}
#endif

#endif
