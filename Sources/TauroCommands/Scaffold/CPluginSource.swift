/// `src/plugin.c` of a new plugin in C: the node, and what it asks of the host.
enum CPluginSource {
    static func file(_ name: PluginName) -> ScaffoldFile { ScaffoldFile("src/plugin.c", text, for: name) }

    private static let text = #"""
        /* The plugin {{name}}: one node, which adds up a column of its input.
         *
         * The arithmetic is in tally.c, plain functions over Arrow columns. What is here asks the host for the columns and
         * hands the result back. Who owns what: a structure is ours from the call that filled it until we release it.
         */
        #include <tauro/tauro.h>

        #include "tally.h"

        TAURO_PLUGIN("{{name}}", "0.1.0");

        static int32_t find_amount(const tauro_call *call, const tauro_frame *orders, struct number_column *amount) {
          struct ArrowSchema schema;
          int32_t status = tauro_frame_schema(call, orders, &schema);
          if (status != TAURO_OK) return status;
          if (!find_numbers(&schema, "amount", amount)) {
            status = tauro_fail(call, TAURO_E_SCHEMA, "orders has no column 'amount' of int64 or double");
          }
          schema.release(&schema);
          return status;
        }

        /* Adds up what is left of the stream, batch by batch, and asks before each whether to stop. */
        static int32_t add_batches(const tauro_call *call, struct ArrowArrayStream *stream, struct number_column amount,
                                   double at_least, struct tally *tally) {
          while (!tauro_cancelled(call)) {
            struct ArrowArray batch;
            if (stream->get_next(stream, &batch) != 0) {
              const char *text = stream->get_last_error(stream);
              return tauro_fail(call, TAURO_E_IO, "reading orders: %s", text ? text : "no reason was given");
            }
            if (!batch.release) return TAURO_OK; /* the end of the stream */
            tally_add(tally, &batch, amount, at_least);
            batch.release(&batch);
          }
          return tauro_fail(call, TAURO_E_CANCELLED, "stopped after %lld orders", (long long)tally->rows);
        }

        /* The result is one row. SQL makes it of three values, so that no Arrow structure has to be filled by hand. */
        static int32_t emit_tally(const tauro_call *call, const struct tally *tally, tauro_output *out) {
          const tauro_binding values[] = {
              {.name = "count", .kind = TAURO_BIND_I64, .value.i64 = tally->count},
              {.name = "total", .kind = TAURO_BIND_F64, .value.f64 = tally->total},
              {.name = "largest", .kind = tally->count > 0 ? TAURO_BIND_F64 : TAURO_BIND_NULL, .value.f64 = tally->largest},
          };
          tauro_frame *row = NULL;
          int32_t status = tauro_sql_with(
              call, NULL, "SELECT $count AS orders, $total AS total, CAST($largest AS DOUBLE) AS largest", values, 3, &row);
          return status != TAURO_OK ? status : tauro_emit_frame(out, row);
        }

        TAURO_NODE({{name}}_summary, "{{name}}.summary",
                   TAURO_DOC("How many orders of at least `at_least` there were, what they came to, and the largest."),
                   TAURO_FRAME(orders), TAURO_F64(at_least, 0.0)) {
          struct number_column amount;
          int32_t status = find_amount(call, orders, &amount);
          if (status != TAURO_OK) return status;

          struct ArrowArrayStream stream;
          status = tauro_frame_stream(call, orders, &stream);
          if (status != TAURO_OK) return status;
          struct tally tally = {0};
          status = add_batches(call, &stream, amount, at_least, &tally);
          stream.release(&stream);
          return status != TAURO_OK ? status : emit_tally(call, &tally, out);
        }
        """#
}
