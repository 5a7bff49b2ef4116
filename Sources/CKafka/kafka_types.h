/* What of librdkafka's C interface is more than an opaque handle: the structures whose members are read or filled, and
 * numbers.
 *
 * Written for tauro after the reference of librdkafka 2 (https://docs.confluent.io/platform/current/clients/librdkafka);
 * the functions themselves are found with dlsym on first use, so nothing links against the library. Handles are opaque
 * pointers. Layouts are those of 64-bit systems, and part of the library's stable ABI.
 */
#ifndef TAURO_KAFKA_TYPES_H
#define TAURO_KAFKA_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* rd_kafka_message_t: a message that was read, or the report about one that was sent. With `error` set, `payload` is a text
 * about it. */
typedef struct {
  int32_t error;
  void *topic;
  int32_t partition;
  void *payload;
  size_t payload_size;
  void *key;
  size_t key_size;
  int64_t offset;
  void *opaque;
} tauro_kafka_message;

/* rd_kafka_topic_partition_t */
typedef struct {
  char *topic;
  int32_t partition;
  int64_t offset;
  void *metadata;
  size_t metadata_size;
  void *opaque;
  int32_t error;
  void *internal_data;
} tauro_kafka_partition_offset;

/* rd_kafka_topic_partition_list_t */
typedef struct {
  int count;
  int capacity;
  tauro_kafka_partition_offset *elements;
} tauro_kafka_partition_list;

/* rd_kafka_metadata_partition_t */
typedef struct {
  int32_t identifier;
  int32_t error;
  int32_t leader;
  int replica_count;
  int32_t *replicas;
  int in_sync_count;
  int32_t *in_sync;
} tauro_kafka_partition_metadata;

/* rd_kafka_metadata_topic_t */
typedef struct {
  char *name;
  int partition_count;
  tauro_kafka_partition_metadata *partitions;
  int32_t error;
} tauro_kafka_topic_metadata;

/* rd_kafka_metadata_t; the library allocates it, rd_kafka_metadata_destroy frees it */
typedef struct {
  int broker_count;
  void *brokers;
  int topic_count;
  tauro_kafka_topic_metadata *topics;
  int32_t origin_broker;
  char *origin_broker_name;
} tauro_kafka_metadata;

/* rd_kafka_vu_t: one argument of rd_kafka_produceva */
typedef struct {
  int kind;
  union {
    const char *text;
    int32_t number32;
    int number;
    struct {
      const void *bytes;
      size_t size;
    } memory;
    struct {
      const char *name;
      const void *bytes;
      int64_t size; /* ssize_t */
    } header;
    void *pointer;
    char padding[64];
  } value;
} tauro_kafka_argument;

_Static_assert(sizeof(tauro_kafka_message) == 72, "rd_kafka_message_t");
_Static_assert(sizeof(tauro_kafka_partition_offset) == 64, "rd_kafka_topic_partition_t");
_Static_assert(sizeof(tauro_kafka_argument) == 72, "rd_kafka_vu_t");

/* rd_kafka_type_t */
#define TAURO_KAFKA_PRODUCER 0
#define TAURO_KAFKA_CONSUMER 1

/* rd_kafka_vtype_t */
#define TAURO_KAFKA_ARGUMENT_TOPIC 1
#define TAURO_KAFKA_ARGUMENT_PARTITION 3
#define TAURO_KAFKA_ARGUMENT_VALUE 4
#define TAURO_KAFKA_ARGUMENT_KEY 5
#define TAURO_KAFKA_ARGUMENT_OPAQUE 6
#define TAURO_KAFKA_ARGUMENT_FLAGS 7
#define TAURO_KAFKA_ARGUMENT_HEADER 9

/* RD_KAFKA_MSG_F_COPY */
#define TAURO_KAFKA_FLAG_COPY 2

/* rd_kafka_resp_err_t, those that are told apart; negative ones are the library's own */
#define TAURO_KAFKA_OFFSET_OUT_OF_RANGE 1
#define TAURO_KAFKA_UNKNOWN_TOPIC 3
#define TAURO_KAFKA_MESSAGE_TOO_LARGE 10
#define TAURO_KAFKA_TOPIC_EXISTS 36
#define TAURO_KAFKA_PURGED_IN_QUEUE (-152)
#define TAURO_KAFKA_PURGED_IN_FLIGHT (-151)
#define TAURO_KAFKA_OFFSET_RESET (-140)
#define TAURO_KAFKA_AUTHENTICATION (-169)
#define TAURO_KAFKA_QUEUE_FULL (-184)
#define TAURO_KAFKA_TIMED_OUT (-185)
#define TAURO_KAFKA_ALL_BROKERS_DOWN (-187)
#define TAURO_KAFKA_PARTITION_END (-191)
#define TAURO_KAFKA_TRANSPORT (-195)
#define TAURO_KAFKA_FATAL (-150)

/* rd_kafka_timestamp_type_t */
#define TAURO_KAFKA_TIMESTAMP_NOT_AVAILABLE 0
#define TAURO_KAFKA_TIMESTAMP_CREATED 1
#define TAURO_KAFKA_TIMESTAMP_APPENDED 2

/* RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT */
#define TAURO_KAFKA_PURGE_ALL 3

#endif
