/* A host for one call of one node, that a test can make fail where it likes. */
#ifndef TEST_FAKE_HOST_H
#define TEST_FAKE_HOST_H

#include <tauro/tauro.h>

enum { MAX_BATCHES = 16 };

/* What the plugin sees as an opaque frame. Streams hand out batches that share the memory held here. */
struct tauro_frame {
  int64_t batch_count;
  struct ArrowArray batches[MAX_BATCHES];
  const char *rename_from; /* a column to call otherwise, or to give another type; NULL: none */
  const char *rename_to;
  const char *retype_to;
};

struct fake_host {
  tauro_host table;
  tauro_call call;
  tauro_output out;
  char text[TAURO_TEXT_MAX]; /* the last error text */
  double dropped_rows;       /* the metric; -1 until it is there */
  int64_t schemas_left;      /* schemas of frames that are given before that fails; -1: all */
  int64_t emits_left;        /* emits that succeed before one fails; -1: all */
  int64_t batches_left;      /* batches a stream gives before it fails; -1: all */
  int64_t polls_left;        /* polls before the run is cancelled; -1: never */
  bool has_schema;           /* a schema was emitted */
  int64_t emitted_count;
  struct ArrowArray emitted[MAX_BATCHES];
};

void start_fake_host(struct fake_host *host);
/* Releases what the node emitted. */
void stop_fake_host(struct fake_host *host);

#endif
