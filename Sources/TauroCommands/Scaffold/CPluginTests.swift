/// The tests of a new plugin in C: one program, and the host it pretends to be.
enum CPluginTests {
    static func files(_ name: PluginName) -> [ScaffoldFile] {
        [ScaffoldFile("tests/fake_host.h", fakeHost), ScaffoldFile("tests/tests.c", tests, for: name)]
    }

    private static let fakeHost = #"""
        /* A host for one call of the node on one batch. It counts the structures that the node has to give back. */
        #ifndef FAKE_HOST_H
        #define FAKE_HOST_H

        #include <tauro/tauro.h>

        struct tauro_frame { /* what the node sees as an opaque table: one column in one batch */
          const char *name;
          const char *format;
          struct ArrowArray batch;
        };

        static struct {
          bool is_cancelled;
          int open;                  /* structures that the node was given and did not release */
          int emitted;               /* results */
          tauro_binding values[3];   /* what the node's query was given */
          char text[TAURO_TEXT_MAX]; /* what the node said when it failed */
        } fake;

        static int32_t fake_fail(const tauro_call *call, int32_t status, const char *text, size_t length) {
          (void)call;
          memcpy(fake.text, text, length);
          fake.text[length] = '\0';
          return status;
        }

        static bool fake_cancelled(const tauro_call *call) {
          (void)call;
          return fake.is_cancelled;
        }

        static void release_schema(struct ArrowSchema *schema) {
          schema->release = NULL;
          fake.open--;
        }

        static int32_t fake_schema(const tauro_call *call, const tauro_frame *frame, struct ArrowSchema *schema) {
          static struct ArrowSchema column, *columns[] = {&column};
          (void)call;
          column = (struct ArrowSchema){.format = frame->format, .name = frame->name};
          *schema = (struct ArrowSchema){.format = "+s", .n_children = 1, .children = columns, .release = release_schema};
          fake.open++;
          return TAURO_OK;
        }

        static void release_batch(struct ArrowArray *batch) {
          batch->release = NULL;
          fake.open--;
        }

        /* The batch once, then the end. */
        static int next_batch(struct ArrowArrayStream *stream, struct ArrowArray *batch) {
          const tauro_frame *frame = stream->private_data;
          *batch = (struct ArrowArray){0};
          stream->private_data = NULL;
          if (!frame) return 0;
          *batch = frame->batch;
          batch->release = release_batch;
          fake.open++;
          return 0;
        }

        static void release_stream(struct ArrowArrayStream *stream) {
          stream->release = NULL;
          fake.open--;
        }

        static int32_t fake_stream(const tauro_call *call, const tauro_frame *frame, struct ArrowArrayStream *stream) {
          (void)call;
          *stream = (struct ArrowArrayStream){
              .get_next = next_batch, .release = release_stream, .private_data = (void *)frame};
          fake.open++;
          return TAURO_OK;
        }

        static int32_t fake_sql(const tauro_call *call, const char *dialect, const char *sql, const tauro_binding *bindings,
                                size_t count, tauro_frame **result) {
          static tauro_frame row;
          (void)call, (void)dialect, (void)sql;
          if (count > 3) return TAURO_E_INVALID;
          memcpy(fake.values, bindings, count * sizeof *bindings);
          *result = &row;
          return TAURO_OK;
        }

        static int32_t fake_emit(tauro_output *out, const tauro_frame *frame) {
          (void)out, (void)frame;
          fake.emitted++;
          return TAURO_OK;
        }

        static const tauro_host fake_table = {
            .struct_size = sizeof fake_table, .abi_major = 1, .fail = fake_fail, .cancelled = fake_cancelled,
            .sql = fake_sql, .frame_schema = fake_schema, .frame_stream = fake_stream, .emit_frame = fake_emit};
        static const tauro_call fake_call = {.struct_size = sizeof fake_call, .attempt = 1, .host = &fake_table};
        static tauro_output fake_output = {.struct_size = sizeof fake_output, .host = &fake_table};

        #endif
        """#

    private static let tests = #"""
        /* Tests of the plugin without a host: `make test`. */
        #include <stdio.h>

        /* The whole file, so that the node and what is static beside it can be called. */
        #include "../src/plugin.c"

        #include "fake_host.h"

        static int failures;
        #define CHECK(condition) \
          ((condition) ? (void)0 : (void)(failures++, printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition)))

        /* A table of one column `amount`, over memory that the test owns. */
        static tauro_frame table(struct ArrowArray *column, const char *format, const void **buffers, int64_t rows) {
          static struct ArrowArray *columns[1];
          columns[0] = column;
          *column = (struct ArrowArray){
              .length = rows, .null_count = buffers[0] ? -1 : 0, .n_buffers = 2, .buffers = buffers};
          return (tauro_frame){"amount", format, {.length = rows, .n_children = 1, .children = columns}};
        }

        static void rows_without_a_number_or_below_the_least_do_not_count(void) {
          const double amounts[] = {20, 1000, 5, 12.5};
          const uint8_t present[] = {0x0d}; /* all but the second */
          const void *buffers[] = {present, amounts};
          struct ArrowArray column;
          tauro_frame orders = table(&column, "g", buffers, 4);
          struct tally tally = {0};
          tally_add(&tally, &orders.batch, (struct number_column){0, true}, 10);
          CHECK(tally.rows == 4);
          CHECK(tally.count == 2);
          CHECK(tally.total == 32.5);
          CHECK(tally.largest == 20);
        }

        static void whole_numbers_and_slices_are_read_too(void) {
          const int64_t amounts[] = {1000, -7, -3, 1000};
          const void *buffers[] = {NULL, amounts};
          struct ArrowArray column;
          tauro_frame orders = table(&column, "l", buffers, 2);
          column.offset = 1;
          struct tally tally = {0};
          tally_add(&tally, &orders.batch, (struct number_column){0, false}, -100);
          CHECK(tally.count == 2);
          CHECK(tally.total == -10);
          CHECK(tally.largest == -3);
        }

        static void the_node_hands_on_what_it_added_up_and_keeps_nothing(void) {
          const double amounts[] = {3, 4};
          const void *buffers[] = {NULL, amounts};
          struct ArrowArray column;
          tauro_frame orders = table(&column, "g", buffers, 2);
          CHECK({{name}}_summary(&fake_call, &orders, NULL, NULL, 0, &fake_output) == TAURO_OK);
          CHECK(fake.emitted == 1);
          CHECK(fake.values[0].value.i64 == 2);
          CHECK(fake.values[1].value.f64 == 7);
          CHECK(fake.values[2].value.f64 == 4);
          CHECK(fake.open == 0);
        }

        static void no_orders_have_no_largest(void) {
          const void *buffers[] = {NULL, NULL};
          struct ArrowArray column;
          tauro_frame orders = table(&column, "g", buffers, 0);
          CHECK({{name}}_summary(&fake_call, &orders, NULL, NULL, 0, &fake_output) == TAURO_OK);
          CHECK(fake.values[0].value.i64 == 0);
          CHECK(fake.values[2].kind == TAURO_BIND_NULL);
        }

        static void another_type_is_told(void) {
          const void *buffers[] = {NULL, NULL};
          struct ArrowArray column;
          tauro_frame orders = table(&column, "u", buffers, 0);
          CHECK({{name}}_summary(&fake_call, &orders, NULL, NULL, 0, &fake_output) == TAURO_E_SCHEMA);
          CHECK(strstr(fake.text, "'amount'") != NULL);
          CHECK(fake.open == 0);
        }

        static void a_run_that_stops_is_told(void) {
          const void *buffers[] = {NULL, NULL};
          struct ArrowArray column;
          tauro_frame orders = table(&column, "g", buffers, 0);
          fake.is_cancelled = true;
          CHECK({{name}}_summary(&fake_call, &orders, NULL, NULL, 0, &fake_output) == TAURO_E_CANCELLED);
          CHECK(fake.open == 0);
        }

        int main(void) {
          rows_without_a_number_or_below_the_least_do_not_count();
          whole_numbers_and_slices_are_read_too();
          the_node_hands_on_what_it_added_up_and_keeps_nothing();
          no_orders_have_no_largest();
          another_type_is_told();
          a_run_that_stops_is_told();
          puts(failures == 0 ? "all tests passed" : "tests failed");
          return failures != 0;
        }
        """#
}
