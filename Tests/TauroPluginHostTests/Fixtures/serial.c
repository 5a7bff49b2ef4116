/* A plugin that takes one call at a time, and notices when it does not. */
#include <stdatomic.h>
#include <unistd.h>

#include <tauro/tauro.h>

TAURO_PLUGIN_SERIAL("serial", "1");

static atomic_int inside;

TAURO_NODE(alone, "serial.alone", TAURO_RETURNS(nothing)) {
  (void)out;
  if (atomic_fetch_add(&inside, 1)) return tauro_fail(call, TAURO_E_INTERNAL, "not alone");
  usleep(2000);
  atomic_fetch_sub(&inside, 1);
  return TAURO_OK;
}
