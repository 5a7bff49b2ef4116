/* What of ADBC, the Arrow database interface, the host uses: its structures, and the table of functions that a driver fills.
 *
 * Written for tauro after revision 1.1.0 of https://arrow.apache.org/adbc/current/cpp/api/adbc.html. Drivers are found on
 * first use, so nothing links against one; ArrowSchema and ArrowArrayStream are plain pointers here.
 */
#ifndef TAURO_ADBC_TYPES_H
#define TAURO_ADBC_TYPES_H

#include <stdint.h>

#define TAURO_ADBC_VERSION_1_1_0 1001000
#define TAURO_ADBC_OK 0
#define TAURO_ADBC_NOT_IMPLEMENTED 2

/* Why a call failed; the caller provides the memory, and calls `release` if it is set. */
typedef struct tauro_adbc_error {
  char *message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct tauro_adbc_error *error);
  void *private_data;
  void *private_driver;
} tauro_adbc_error;

/* AdbcDatabase, AdbcConnection and AdbcStatement have the same members. */
typedef struct {
  void *private_data;
  void *private_driver;
} tauro_adbc_handle;

typedef uint8_t (*tauro_adbc_on_handle)(tauro_adbc_handle *, tauro_adbc_error *);
typedef uint8_t (*tauro_adbc_on_two_handles)(tauro_adbc_handle *, tauro_adbc_handle *, tauro_adbc_error *);
typedef uint8_t (*tauro_adbc_set_text)(tauro_adbc_handle *, const char *, tauro_adbc_error *);
typedef uint8_t (*tauro_adbc_set_option)(tauro_adbc_handle *, const char *, const char *, tauro_adbc_error *);
typedef uint8_t (*tauro_adbc_on_stream)(tauro_adbc_handle *, void *, tauro_adbc_error *);
typedef uint8_t (*tauro_adbc_execute_schema)(tauro_adbc_handle *, void *, tauro_adbc_error *);
typedef uint8_t (*tauro_adbc_execute)(tauro_adbc_handle *, void *, int64_t *, tauro_adbc_error *);

/* AdbcDriver. Members that the host does not call are pointers without a type. */
typedef struct {
  void *private_data;
  void *private_manager;
  void *release;
  tauro_adbc_on_handle database_init;
  tauro_adbc_on_handle database_new;
  tauro_adbc_set_option database_set_option;
  tauro_adbc_on_handle database_release;
  tauro_adbc_on_handle connection_commit;
  void *connection_get_info;
  void *connection_get_objects;
  void *connection_get_table_schema;
  void *connection_get_table_types;
  tauro_adbc_on_two_handles connection_init;
  tauro_adbc_on_handle connection_new;
  tauro_adbc_set_option connection_set_option;
  void *connection_read_partition;
  tauro_adbc_on_handle connection_release;
  tauro_adbc_on_handle connection_rollback;
  void *statement_bind;
  tauro_adbc_on_stream statement_bind_stream;
  tauro_adbc_execute statement_execute_query;
  void *statement_execute_partitions;
  void *statement_get_parameter_schema;
  tauro_adbc_on_two_handles statement_new;
  tauro_adbc_on_handle statement_prepare;
  tauro_adbc_on_handle statement_release;
  tauro_adbc_set_option statement_set_option;
  tauro_adbc_set_text statement_set_sql_query;
  void *statement_set_substrait_plan;
  /* Since revision 1.1.0. */
  void *error_functions[3];
  void *database_options[7];
  tauro_adbc_on_handle connection_cancel;
  void *connection_functions[9];
  void *statement_cancel;
  tauro_adbc_execute_schema statement_execute_schema;
  /* Room for all others of that revision, and more. */
  void *further[53];
} tauro_adbc_driver;

typedef uint8_t (*tauro_adbc_driver_init)(int version, void *driver, tauro_adbc_error *error);

#endif
