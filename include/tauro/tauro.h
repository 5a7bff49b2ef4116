/* tauro: everything a node in C or C++ needs.
 *
 *     #include <tauro/tauro.h>
 *
 *     TAURO_PLUGIN("flights", "1.0.0");
 *
 *     TAURO_NODE(flights_late, "flights.late", TAURO_FRAME(flights), TAURO_F64(minutes, 15.0)) {
 *         tauro_frame *late = NULL;
 *         int32_t status = tauro_sql(call, "SELECT * FROM flights WHERE dep_delay > $minutes", &late);
 *         return status != TAURO_OK ? status : tauro_emit_frame(out, late);
 *     }
 *
 *     cc -shared -fPIC -I include node.c -o node.so
 */
#ifndef TAURO_H
#define TAURO_H

#include "abi.h"
#include "arrow.h"
#include "call.h"
#include "node.h"

#endif
