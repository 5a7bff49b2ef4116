/* The functions a node may call. Each is a static inline over the host's table (abi.h), so a plugin links nothing.
 *
 * Every entry says who owns what, which errors there are, and which thread may call. "Any thread" means: any thread, also
 * several at once, until the node returns.
 */
#ifndef TAURO_CALL_H
#define TAURO_CALL_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Longest text of tauro_fail and tauro_logf in bytes, the closing NUL included. More is cut. */
#define TAURO_TEXT_MAX 4096

#if defined(__GNUC__) || defined(__clang__)
#define TAURO_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define TAURO_PRINTF(text, first)
#endif

/* Formats a text into TAURO_TEXT_MAX bytes and returns its length, the closing NUL aside. For this file alone. */
static inline size_t tauro_i_format(char *text, const char *format, va_list arguments) TAURO_PRINTF(2, 0);
static inline size_t tauro_i_format(char *text, const char *format, va_list arguments) {
  int length = vsnprintf(text, TAURO_TEXT_MAX, format, arguments);
  return length < 0 ? 0 : length < TAURO_TEXT_MAX ? (size_t)length : TAURO_TEXT_MAX - 1;
}

/* ---- telling ---- */

/* Leaves an error text with the call and returns `status`, so that a node can write `return tauro_fail(…)`.
 * The last text wins. A text left with a call that ends in TAURO_OK becomes a warning. Any thread. */
static inline int32_t tauro_fail(const tauro_call *call, int32_t status, const char *format, ...) TAURO_PRINTF(3, 4);
static inline int32_t tauro_fail(const tauro_call *call, int32_t status, const char *format, ...) {
  char text[TAURO_TEXT_MAX];
  va_list arguments;
  va_start(arguments, format);
  size_t length = tauro_i_format(text, format, arguments);
  va_end(arguments);
  return call->host->fail(call, status, text, length);
}

/* Writes a line to the run's log. `level` is TAURO_LOG_…; the text needs no line end. In the host's process it never
 * waits: of a node that writes more than can be shown in time, lines are dropped, and a warning says how many. In a
 * worker process it may wait until the host has taken earlier lines. Any thread. */
static inline void tauro_log(const tauro_call *call, int32_t level, const char *text) {
  call->host->log(call, level, text, strlen(text));
}

/* Writes a formatted line to the run's log, cut at TAURO_TEXT_MAX. Any thread. */
static inline void tauro_logf(const tauro_call *call, int32_t level, const char *format, ...) TAURO_PRINTF(3, 4);
static inline void tauro_logf(const tauro_call *call, int32_t level, const char *format, ...) {
  char text[TAURO_TEXT_MAX];
  va_list arguments;
  va_start(arguments, format);
  size_t length = tauro_i_format(text, format, arguments);
  va_end(arguments);
  call->host->log(call, level, text, length);
}

/* Records a number under a name; the last value of a name is the node's metric. Not a number is refused with a
 * warning in the log. Any thread. */
static inline void tauro_metric(const tauro_call *call, const char *name, double value) {
  call->host->metric(call, name, value);
}

/* Says how far the node is: 0 to 1, below 0 when it is not known. `text` may be NULL. Any thread. */
static inline void tauro_progress(const tauro_call *call, double fraction, const char *text) {
  call->host->progress(call, fraction, text);
}

/* Whether the node should stop. One atomic load: ask per batch, or ten times a second. A node that stops returns
 * TAURO_E_CANCELLED. Any thread. */
static inline bool tauro_cancelled(const tauro_call *call) { return call->host->cancelled(call); }

/* An addition to this ABI by name, "name/revision", or NULL if the host does not have it. The table lives as long as
 * the process. Any thread. */
static inline const void *tauro_get_extension(const tauro_call *call, const char *id) {
  return call->host->get_extension(call, id);
}

/* ---- SQL ---- */

/* Runs one SELECT or WITH statement of the portable dialect over the node's inputs, which are tables of their declared
 * names. $start_date and $end_date (text) and every parameter are values to name in it. `*result` is the call's:
 * it lives until the node returns. Blocks. Any thread; queries of one call may overlap.
 * INVALID: not one SELECT, or an unknown table, column or value; IO: a stored input can not be read; CANCELLED; OOM;
 * UNSUPPORTED; the text names the place in the statement. */
static inline int32_t tauro_sql(const tauro_call *call, const char *sql, tauro_frame **result) {
  return call->host->sql(call, NULL, sql, NULL, 0, result);
}

/* The same with an engine's own dialect (NULL: portable; UNSUPPORTED if another engine runs) and with tables and values
 * of the node's own, which hide inputs and parameters of the same name. The bindings are read before it returns. */
static inline int32_t tauro_sql_with(const tauro_call *call, const char *dialect, const char *sql,
                                     const tauro_binding *bindings, size_t count, tauro_frame **result) {
  return call->host->sql(call, dialect, sql, bindings, count, result);
}

/* ---- frames ---- */

/* Fills `schema` with the frame's columns: format "+s", one child a column. The node owns it and calls its release.
 * Any thread. IO: a stored input can not be read. */
static inline int32_t tauro_frame_schema(const tauro_call *call, const tauro_frame *frame, struct ArrowSchema *schema) {
  return call->host->frame_schema(call, frame, schema);
}

/* Opens a new stream over all rows, from the first; any number of times. Nothing in memory is copied. The node owns the
 * stream and releases it before it returns; batches taken from it stay valid after the stream is released, until each
 * is released itself. Columns arrive with 32-bit offsets, never as views, dictionaries or run-end encoded. Any thread;
 * each stream serves one thread at a time. IO: a stored input can not be read. */
static inline int32_t tauro_frame_stream(const tauro_call *call, const tauro_frame *frame,
                                         struct ArrowArrayStream *stream) {
  return call->host->frame_stream(call, frame, stream);
}

/* The number of rows, or -1 while it is not known without reading the frame. Any thread. */
static inline int64_t tauro_frame_rows(const tauro_call *call, const tauro_frame *frame) {
  return call->host->frame_rows(call, frame);
}

/* Makes a frame of a stream's batches. Takes the stream over in every case, pulls it to its end on this thread before
 * it returns, and releases it. Any Arrow type. `*result` is the call's. Any thread.
 * SCHEMA: malformed structures; else what the stream's own error says, as IO. */
static inline int32_t tauro_frame_from_stream(const tauro_call *call, struct ArrowArrayStream *stream,
                                              tauro_frame **result) {
  return call->host->frame_from_stream(call, stream, result);
}

/* Gives back a frame that came from tauro_sql or tauro_frame_from_stream before the node returns, to save memory.
 * Optional; NULL and inputs are ignored. The frame must not be used afterwards. Any thread. */
static inline void tauro_frame_release(const tauro_call *call, tauro_frame *frame) {
  call->host->frame_release(call, frame);
}

/* The number of frames in the list. Any thread. */
static inline size_t tauro_frame_list_count(const tauro_frame_list *list) { return list->count; }

/* Frame `i` of the list, from 0; NULL beyond the end. Any thread. */
static inline const tauro_frame *tauro_frame_list_get(const tauro_frame_list *list, size_t i) {
  return i < list->count ? list->frames[i] : NULL;
}

/* ---- artifacts ---- */

/* Gives the content of an artifact; a file is read once. The bytes are the host's until the node returns. Any thread.
 * IO: the file can not be read. */
static inline int32_t tauro_artifact_bytes(const tauro_call *call, const tauro_artifact *artifact, const uint8_t **data,
                                           uint64_t *size) {
  return call->host->artifact_bytes(call, artifact, data, size);
}

/* The absolute path of a file with the artifact's content, written first if it is only in memory; NULL if that fails,
 * with the text left with the call. The file is the host's: read it, never change it. Any thread. */
static inline const char *tauro_artifact_path(const tauro_call *call, const tauro_artifact *artifact) {
  return call->host->artifact_path(call, artifact);
}

/* What the bytes mean, for example "application/json". Any thread. */
static inline const char *tauro_artifact_media_type(const tauro_call *call, const tauro_artifact *artifact) {
  return call->host->artifact_media_type(call, artifact);
}

/* ---- machine learning ---- */

/* A hyperparameter, or `otherwise` where the run has no ML context, none of that name, or one of another type (whole
 * numbers serve as f64 too). A returned string is the host's until the node returns. Any thread. */
static inline double tauro_hyperparam_f64(const tauro_ml *ml, const char *name, double otherwise) {
  return ml ? ml->host->hyperparam_f64(ml, name, otherwise) : otherwise;
}
static inline int64_t tauro_hyperparam_i64(const tauro_ml *ml, const char *name, int64_t otherwise) {
  return ml ? ml->host->hyperparam_i64(ml, name, otherwise) : otherwise;
}
static inline bool tauro_hyperparam_bool(const tauro_ml *ml, const char *name, bool otherwise) {
  return ml ? ml->host->hyperparam_bool(ml, name, otherwise) : otherwise;
}
static inline const char *tauro_hyperparam_str(const tauro_ml *ml, const char *name, const char *otherwise) {
  return ml ? ml->host->hyperparam_str(ml, name, otherwise) : otherwise;
}

/* The whole ML context as one JSON object with the keys hyperparams, model_version, node_config, pipeline_config,
 * execution_metadata, engine; "{}" without one. The host's until the node returns. Any thread. */
static inline const char *tauro_ml_json(const tauro_ml *ml) { return ml ? ml->host->ml_json(ml) : "{}"; }

/* ---- results ---- */

/* A node emits what its note says it returns: one frame (emit_frame or emit_stream once, or emit_batch as often as
 * needed), one artifact (emit_bytes or emit_file once), or nothing. Emitting of the wrong kind, or a second result, is
 * INVALID. Any thread, one at a time. */

/* Emits a frame, which is retained: an input may be emitted as it is, without copying a column. */
static inline int32_t tauro_emit_frame(tauro_output *out, const tauro_frame *frame) {
  return out->host->emit_frame(out, frame);
}

/* Emits a stream's batches. Takes the stream over in every case, pulls it to its end on this thread before it returns,
 * and releases it. SCHEMA: malformed structures; else what the stream's own error says, as IO. */
static inline int32_t tauro_emit_stream(tauro_output *out, struct ArrowArrayStream *stream) {
  return out->host->emit_stream(out, stream);
}

/* Emits one record batch; all of one node have one schema. Takes both structures over in every case. A batch with
 * `batch` NULL states the schema of a result that may stay without rows. SCHEMA: malformed, or another schema than the
 * batches before. IO: memory and disk have no room. A batch that was refused is missing, so the call fails even if the
 * node returns OK. */
static inline int32_t tauro_emit_batch(tauro_output *out, struct ArrowSchema *schema, struct ArrowArray *batch) {
  return out->host->emit_batch(out, schema, batch);
}

/* Emits bytes, which are copied. `media_type` says what they mean, for example "application/json". */
static inline int32_t tauro_emit_bytes(tauro_output *out, const char *media_type, const void *data, uint64_t size) {
  return out->host->emit_bytes(out, media_type, data, size);
}

/* Emits the content of a file, which is copied before it returns. IO: the file can not be read. */
static inline int32_t tauro_emit_file(tauro_output *out, const char *media_type, const char *path) {
  return out->host->emit_file(out, media_type, path);
}

#ifdef __cplusplus
}
#endif

#endif
