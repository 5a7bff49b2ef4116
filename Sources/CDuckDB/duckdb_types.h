/* What of DuckDB's C interface is more than an opaque handle: the one structure that is passed by value, and numbers.
 *
 * Written for tauro after https://duckdb.org/docs/stable/clients/c/api; the functions themselves are found with dlsym on
 * first use, so nothing links against the library. Handles are opaque pointers.
 */
#ifndef TAURO_DUCKDB_TYPES_H
#define TAURO_DUCKDB_TYPES_H

#include <stdint.h>

/* A query's result. The caller provides the memory, the library fills it, `duckdb_destroy_result` empties it. */
typedef struct {
  uint64_t unused_counts[3];
  void *unused_columns;
  char *unused_message;
  void *internal_data;
} tauro_duckdb_result;

/* duckdb_state */
#define TAURO_DUCKDB_SUCCESS 0

/* duckdb_type, those that need a second look before a node may see them */
#define TAURO_DUCKDB_BIGINT 5
#define TAURO_DUCKDB_HUGEINT 16
#define TAURO_DUCKDB_ENUM 23
#define TAURO_DUCKDB_UHUGEINT 32

#endif
