/* A plugin whose constructor crashes: nothing of it may run in the host. */
#include <stdio.h>

#include <tauro/tauro.h>

TAURO_PLUGIN("crash_on_load", "1.0.0");

__attribute__((constructor)) static void begin(void) {
  fprintf(stderr, "constructing\n");
  *(volatile int *)8 = 1;
}

TAURO_NODE(crash_node, "crash.node", TAURO_RETURNS(nothing)) {
  (void)call;
  return TAURO_OK;
}
