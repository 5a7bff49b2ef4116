/// `src/tally.h` and `src/tally.c` of a new plugin in C: the part that needs no host.
enum CTallySource {
    static let files = [ScaffoldFile("src/tally.h", header), ScaffoldFile("src/tally.c", source)]

    private static let header = #"""
        /* Adding up a column of numbers: plain functions over Arrow columns, which the tests call without a host.
         *
         * A column is a few flat buffers: buffers[0] has one bit a row that says whether there is a value (NULL: in every
         * row), buffers[1] has the values. A slice shares the buffers of its whole and says by `offset` where it begins.
         * The layout is told at https://arrow.apache.org/docs/format/Columnar.html.
         */
        #ifndef TALLY_H
        #define TALLY_H

        #include <stdbool.h>
        #include <stdint.h>

        #include <tauro/arrow.h>

        /* Which column of a table has the numbers, and their type. */
        struct number_column {
          int64_t index;
          bool is_double; /* else int64 */
        };

        /* What was added up so far; it begins as {0}. */
        struct tally {
          int64_t rows;  /* all rows seen */
          int64_t count; /* those that counted */
          double total;
          double largest; /* means something where count is above 0 */
        };

        /* Finds the column `name` of int64 or double; false if the table has none. */
        bool find_numbers(const struct ArrowSchema *schema, const char *name, struct number_column *result);

        /* Adds the rows of `batch` that have a number, and one of at least `at_least`. */
        void tally_add(struct tally *tally, const struct ArrowArray *batch, struct number_column column, double at_least);

        #endif
        """#

    private static let source = #"""
        /* See tally.h. */
        #include "tally.h"

        #include <string.h>

        bool find_numbers(const struct ArrowSchema *schema, const char *name, struct number_column *result) {
          for (int64_t i = 0; i < schema->n_children; i++) {
            const struct ArrowSchema *column = schema->children[i];
            if (strcmp(column->name ? column->name : "", name) != 0) continue;
            bool is_double = strcmp(column->format, "g") == 0;
            if (column->dictionary || (!is_double && strcmp(column->format, "l") != 0)) return false;
            *result = (struct number_column){i, is_double};
            return true;
          }
          return false;
        }

        /* Bit `at` of a bitmap; Arrow counts from the least significant bit of each byte. */
        static bool bit_at(const uint8_t *bits, int64_t at) { return (bits[at / 8] >> (at % 8)) & 1; }

        void tally_add(struct tally *tally, const struct ArrowArray *batch, struct number_column column, double at_least) {
          const struct ArrowArray *numbers = batch->children[column.index];
          const uint8_t *validity = numbers->null_count == 0 ? NULL : numbers->buffers[0];
          const void *values = numbers->buffers[1];
          tally->rows += batch->length;
          for (int64_t row = 0; row < batch->length; row++) {
            int64_t at = batch->offset + numbers->offset + row;
            if (validity && !bit_at(validity, at)) continue;
            double number = column.is_double ? ((const double *)values)[at] : (double)((const int64_t *)values)[at];
            if (!(number >= at_least)) continue; /* not a number is left out too */
            if (tally->count == 0 || number > tally->largest) tally->largest = number;
            tally->total += number;
            tally->count++;
          }
        }
        """#
}
