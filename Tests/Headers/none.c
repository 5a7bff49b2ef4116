/* A node that states nothing but its name. */
#include <tauro/tauro.h>

TAURO_PLUGIN("none", "1.0.0");

TAURO_NODE(sample_none, "sample.none") { return TAURO_OK; }
