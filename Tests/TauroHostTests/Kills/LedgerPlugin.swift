/// The C nodes of the tests that kill hosts: each call writes a line to a ledger when it begins, and one when it returns.
enum LedgerPlugin {
    static let source = #"""
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>
        #include <unistd.h>
        #include <tauro/tauro.h>
        TAURO_PLUGIN("ledger", "1.0.0");

        /* One line in one write: lines of concurrent calls and processes never mix. */
        static void note(const char *what, const char *node) {
          char line[256];
          int length = snprintf(line, sizeof line, "%s %s %d\n", what, node, (int)getpid());
          int file = open(getenv("LEDGER"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
          if (file < 0 || write(file, line, (size_t)length) != length) abort();
          close(file);
        }

        static int32_t ended(const char *node, int32_t status) {
          note("end", node);
          return status;
        }

        /* Up to `most` microseconds, by chance. */
        static void rest(int64_t most) {
          struct timespec now;
          clock_gettime(CLOCK_MONOTONIC, &now);
          if (most > 0) usleep((useconds_t)(now.tv_nsec / 100 % most));
        }

        #define COLUMNS "SELECT n, v, CAST(v * 0.125 AS DOUBLE) AS f, CAST($start_date AS DATE) AS day," \
                        " 't' || (v % 10) AS t, n % 3 AS part FROM "

        TAURO_NODE(l_source, "l.source", TAURO_STR(node, TAURO_REQUIRED), TAURO_I64(salt, 0), TAURO_I64(rows, 20),
                   TAURO_I64(pause, 0)) {
          note("begin", node);
          tauro_frame *made = NULL;
          int32_t status = tauro_sql(call,
            COLUMNS "(SELECT i AS n, (i * 7919 + $salt * 31 + day($start_date::DATE)) % 1009 AS v"
            " FROM range($rows) AS t(i))", &made);
          rest(pause);
          return ended(node, status != TAURO_OK ? status : tauro_emit_frame(out, made));
        }

        TAURO_NODE(l_merge, "l.merge", TAURO_FRAMES(parts), TAURO_STR(node, TAURO_REQUIRED), TAURO_I64(salt, 0),
                   TAURO_I64(pause, 0), TAURO_BOOL(flaky, false)) {
          static int calls[64];
          note("begin", node);
          if (flaky && __atomic_fetch_add(&calls[salt % 64], 1, __ATOMIC_RELAXED) == 0) {
            rest(pause);
            return ended(node, tauro_fail(call, TAURO_E_TRANSIENT, "not this time"));
          }
          char sql[4096] = COLUMNS "(SELECT n, CAST((sum(v) * 31 + $salt) % 1009 AS BIGINT) AS v FROM (";
          for (size_t i = 0; i < tauro_frame_list_count(parts); i++)
            snprintf(sql + strlen(sql), sizeof sql - strlen(sql), "%sSELECT n, v FROM parts_%zu", i ? " UNION ALL " : "", i);
          strcat(sql, ") GROUP BY n) ORDER BY n");
          tauro_frame *made = NULL;
          int32_t status = tauro_sql(call, sql, &made);
          rest(pause);
          return ended(node, status != TAURO_OK ? status : tauro_emit_frame(out, made));
        }

        TAURO_NODE(l_model, "l.model", TAURO_RETURNS(artifact), TAURO_FRAME(rows), TAURO_STR(node, TAURO_REQUIRED),
                   TAURO_I64(pause, 0)) {
          note("begin", node);
          char text[64];
          int length = snprintf(text, sizeof text, "%s: %lld rows\n", start_date, (long long)tauro_frame_rows(call, rows));
          rest(pause);
          return ended(node, tauro_emit_bytes(out, "text/plain", text, (uint64_t)length));
        }

        /* Waits until somebody makes the file. */
        TAURO_NODE(l_gate, "l.gate", TAURO_FRAME(rows), TAURO_STR(node, TAURO_REQUIRED)) {
          note("begin", node);
          while (access(getenv("GATE"), F_OK) != 0 && !tauro_cancelled(call)) usleep(1000);
          return ended(node, tauro_emit_frame(out, rows));
        }
        """#
}
