/* The tauro C ABI, version 1.0: what crosses the boundary between the host and a plugin.
 *
 * A plugin is a shared library whose node functions are described by ELF notes (NOTE-GRAMMAR.md beside this file). The
 * host reads the notes without loading the file, then opens it, finds each function by the symbol its note names, and
 * calls it with a fixed order of arguments:
 *
 *     int32_t symbol(const tauro_call *call, <inputs>, const char *start_date, const char *end_date
 *                    [, const tauro_ml *ml], <params>, tauro_output *out)
 *
 * Authors in C and C++ need not read this file: node.h states nodes and call.h has the functions they call. Authors in
 * other languages need this file and the grammar, and nothing else.
 *
 * Rules that hold for everything here
 *   growth     Structures only grow at their end. `struct_size` is what the host filled in: test it with TAURO_HAS before
 *              touching a member that came after version 1.0. Members of version 1.0 are never NULL.
 *   lifetime   What the host hands out lives until the node returns, and nothing of it must be freed. Never store it.
 *   strings    UTF-8, ended by NUL where no length is passed. The host copies every string it is given.
 *   threads    Every function of the table may be called from any thread until the node returns; threads that a node
 *              starts and that use `call` must be joined before it returns. One Arrow stream serves one thread at a time.
 *   errors     Functions that can fail return a status below and leave the text with the call, so that a node can
 *              simply return what it got. Out parameters are touched on success only.
 */
#ifndef TAURO_ABI_H
#define TAURO_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arrow.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TAURO_ABI_MAJOR 1
#define TAURO_ABI_MINOR 0

/* The minor version that a plugin's notes ask for. An author who uses members newer than 1.0 raises it; a host with a
 * smaller minor then refuses the plugin instead of failing inside it. */
#ifndef TAURO_ABI_TARGET_MINOR
#define TAURO_ABI_TARGET_MINOR 0
#endif

/* Status of a node, and of every function that can fail. A value that is not in this list counts as INTERNAL. */
#define TAURO_OK 0
#define TAURO_E_INVALID 1     /* a parameter, an argument or an input value is wrong */
#define TAURO_E_SCHEMA 2      /* a column is missing or has another type */
#define TAURO_E_IO 3          /* reading or writing failed */
#define TAURO_E_TRANSIENT 4   /* trying again may help; the one that is retried unless told otherwise */
#define TAURO_E_CANCELLED 5   /* the run was told to stop */
#define TAURO_E_OOM 6         /* not enough memory */
#define TAURO_E_UNSUPPORTED 7 /* this host or engine can not do it */
#define TAURO_E_INTERNAL 8    /* anything else */

/* Levels of tauro_log. */
#define TAURO_LOG_DEBUG 0
#define TAURO_LOG_INFO 1
#define TAURO_LOG_WARNING 2
#define TAURO_LOG_ERROR 3

typedef struct tauro_host tauro_host;
typedef struct tauro_frame tauro_frame;       /* a table; opaque */
typedef struct tauro_artifact tauro_artifact; /* bytes or a file with a media type; opaque */

/* One invocation of a node. */
typedef struct tauro_call {
  uint32_t struct_size;
  uint32_t attempt; /* 1 for the first try */
  const tauro_host *host;
  void *host_data;     /* the host's own */
  const char *node;    /* the node's name in the project */
  const char *run_id;  /* the run it belongs to */
  int64_t deadline_ns; /* CLOCK_MONOTONIC when the node should be done; 0: no deadline */
} tauro_call;

/* Where a node puts its result. */
typedef struct tauro_output {
  uint32_t struct_size;
  uint32_t reserved;
  const tauro_host *host;
  void *host_data; /* the host's own */
} tauro_output;

/* The machine-learning context of a run. */
typedef struct tauro_ml {
  uint32_t struct_size;
  uint32_t reserved;
  const tauro_host *host;
  void *host_data; /* the host's own */
} tauro_ml;

/* All remaining inputs of a node, in the order configuration lists them. */
typedef struct tauro_frame_list {
  uint32_t struct_size;
  uint32_t reserved;
  size_t count;
  const tauro_frame *const *frames;
} tauro_frame_list;

/* What a binding of tauro_sql_with holds. */
#define TAURO_BIND_FRAME 0  /* a table called `name` */
#define TAURO_BIND_NULL 1   /* $name is NULL */
#define TAURO_BIND_I64 2    /* $name is value.i64 */
#define TAURO_BIND_F64 3    /* $name is value.f64 */
#define TAURO_BIND_BOOL 4   /* $name is value.boolean */
#define TAURO_BIND_STR 5    /* $name is value.str */

/* A table or a value of a query's own, named by the node. */
typedef struct tauro_binding {
  const char *name;
  int32_t kind; /* TAURO_BIND_… */
  int32_t reserved;
  union {
    const tauro_frame *frame;
    int64_t i64;
    double f64;
    bool boolean;
    const char *str;
  } value;
} tauro_binding;

/* The host's functions. Their meaning, ownership and errors are told in call.h, where each has its own entry. */
struct tauro_host {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;
  const char *name;    /* "tauro-host" */
  const char *version; /* for people; never compare it */

  int32_t (*fail)(const tauro_call *call, int32_t status, const char *text, size_t length);
  void (*log)(const tauro_call *call, int32_t level, const char *text, size_t length);
  void (*metric)(const tauro_call *call, const char *name, double value);
  void (*progress)(const tauro_call *call, double fraction, const char *text);
  bool (*cancelled)(const tauro_call *call);

  int32_t (*sql)(const tauro_call *call, const char *dialect, const char *sql, const tauro_binding *bindings,
                 size_t count, tauro_frame **result);
  int32_t (*frame_schema)(const tauro_call *call, const tauro_frame *frame, struct ArrowSchema *schema);
  int32_t (*frame_stream)(const tauro_call *call, const tauro_frame *frame, struct ArrowArrayStream *stream);
  int64_t (*frame_rows)(const tauro_call *call, const tauro_frame *frame);
  int32_t (*frame_from_stream)(const tauro_call *call, struct ArrowArrayStream *stream, tauro_frame **result);
  void (*frame_release)(const tauro_call *call, tauro_frame *frame);

  int32_t (*artifact_bytes)(const tauro_call *call, const tauro_artifact *artifact, const uint8_t **data,
                            uint64_t *size);
  const char *(*artifact_path)(const tauro_call *call, const tauro_artifact *artifact);
  const char *(*artifact_media_type)(const tauro_call *call, const tauro_artifact *artifact);

  double (*hyperparam_f64)(const tauro_ml *ml, const char *name, double otherwise);
  int64_t (*hyperparam_i64)(const tauro_ml *ml, const char *name, int64_t otherwise);
  bool (*hyperparam_bool)(const tauro_ml *ml, const char *name, bool otherwise);
  const char *(*hyperparam_str)(const tauro_ml *ml, const char *name, const char *otherwise);
  const char *(*ml_json)(const tauro_ml *ml);

  int32_t (*emit_frame)(tauro_output *out, const tauro_frame *frame);
  int32_t (*emit_stream)(tauro_output *out, struct ArrowArrayStream *stream);
  int32_t (*emit_batch)(tauro_output *out, struct ArrowSchema *schema, struct ArrowArray *batch);
  int32_t (*emit_bytes)(tauro_output *out, const char *media_type, const void *data, uint64_t size);
  int32_t (*emit_file)(tauro_output *out, const char *media_type, const char *path);

  const void *(*get_extension)(const tauro_call *call, const char *id);
};

/* Whether the host filled in member `member` of the structure that `pointer` points to. */
#define TAURO_HAS(pointer, type, member) ((pointer)->struct_size >= offsetof(type, member) + sizeof((pointer)->member))

#ifdef __cplusplus
}
#endif

#endif
