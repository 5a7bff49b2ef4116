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

/* duckdb_type, those whose columns the engine looks at twice or copies itself */
#define TAURO_DUCKDB_BOOLEAN 1
#define TAURO_DUCKDB_TINYINT 2
#define TAURO_DUCKDB_SMALLINT 3
#define TAURO_DUCKDB_INTEGER 4
#define TAURO_DUCKDB_BIGINT 5
#define TAURO_DUCKDB_UTINYINT 6
#define TAURO_DUCKDB_USMALLINT 7
#define TAURO_DUCKDB_UINTEGER 8
#define TAURO_DUCKDB_UBIGINT 9
#define TAURO_DUCKDB_FLOAT 10
#define TAURO_DUCKDB_DOUBLE 11
#define TAURO_DUCKDB_TIMESTAMP 12
#define TAURO_DUCKDB_DATE 13
#define TAURO_DUCKDB_TIME 14
#define TAURO_DUCKDB_HUGEINT 16
#define TAURO_DUCKDB_VARCHAR 17
#define TAURO_DUCKDB_BLOB 18
#define TAURO_DUCKDB_DECIMAL 19
#define TAURO_DUCKDB_TIMESTAMP_S 20
#define TAURO_DUCKDB_TIMESTAMP_MS 21
#define TAURO_DUCKDB_TIMESTAMP_NS 22
#define TAURO_DUCKDB_ENUM 23
#define TAURO_DUCKDB_TIMESTAMP_TZ 31
#define TAURO_DUCKDB_UHUGEINT 32
#define TAURO_DUCKDB_TIME_NS 39

#endif
